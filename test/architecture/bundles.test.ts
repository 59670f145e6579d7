import { existsSync, globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { importsOf } from './imports.ts'
import { ROOT } from './source-tree.ts'

beforeAll(buildIfStale, 120_000)

/** What a built entry imports from outside, over all the chunks that it reaches. */
function outsideImports(entry: string): string[] {
  const seen = new Set<string>()
  const outside = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { to } of importsOf({ path, text: readFileSync(join(ROOT, path), 'utf8') })) {
      if (to.startsWith('out/')) visit(posix.normalize(to))
      else outside.add(to)
    }
  }
  visit(entry)
  return [...outside].toSorted()
}

describe('bundles', () => {
  it.for(['relay', 'cli'])('%s runs without Electron: it imports Node’s own modules and SQLite alone', (name) => {
    const foreign = outsideImports(`out/main/${name}.js`).filter((specifier) => !isBuiltin(specifier))
    expect(foreign.filter((specifier) => specifier !== 'better-sqlite3')).toEqual([])
  })

  it.runIf(existsSync(join(ROOT, 'src-main/desktop')))('desktop imports Electron besides', () => {
    expect(outsideImports('out/main/desktop.js')).toContain('electron')
  })

  it('the window imports nothing of Node', () => {
    const files = globSync('out/renderer/**/*.js', { cwd: ROOT })
    expect(files).not.toEqual([])
    const imports = files.flatMap((path) => importsOf({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
    expect(imports.filter(({ to }) => !to.startsWith('out/renderer/'))).toEqual([])
  })
})
