import { importsOf, type SourceFile } from './imports.ts'

/** What the window needs only once a person works with it: to be had by `import()` alone. */
export const LATER: readonly string[] = ['uplot', 'diff', 'codemirror', '@codemirror', '@lezer']

const isLater = (to: string): boolean => LATER.some((name) => to === name || to.startsWith(`${name}/`))

/** Each way from `entry` to a package of `LATER` that loads it at once, as `a → b → package`. */
export function findLoadedEarly(files: readonly SourceFile[], entry: string): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const seen = new Set<string>()
  const found: string[] = []
  const walk = (path: string, trail: readonly string[]): void => {
    if (isLater(path)) found.push([...trail, path].join(' → '))
    const file = byPath.get(path)
    if (file === undefined || seen.has(path)) return
    seen.add(path)
    for (const { to, typeOnly, isDynamic } of importsOf(file)) if (!typeOnly && !isDynamic) walk(to, [...trail, path])
  }
  walk(entry, [])
  return found
}
