import { expect, it } from 'vitest'
import type { SourceFile } from './imports.ts'
import { readTree } from './source-tree.ts'

/** Stands once in the window itself; the page makes it speak. */
const SHOWN_BY_THE_APP = ['Toasts']

const shownIn = ({ text }: SourceFile): string[] =>
  [...text.matchAll(/<([A-Z]\w*)[\s/>]/g)].map(([, name]) => name ?? '')

/** Components of `ui` that neither the files of the page nor anything that they show renders. */
function missingFrom(page: readonly SourceFile[], ui: readonly SourceFile[]): string[] {
  const home = new Map<string, SourceFile>()
  for (const file of ui) {
    for (const [, name] of file.text.matchAll(/^export (?:default )?function ([A-Z]\w*)/gm)) home.set(name ?? '', file)
    for (const [, name] of file.text.matchAll(/^function ([A-Z]\w*)/gm))
      if (!home.has(name ?? '')) home.set(name ?? '', file)
  }
  const seen = new Set<string>()
  const visit = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    const file = home.get(name)
    if (file !== undefined) for (const inner of shownIn(file)) visit(inner)
  }
  for (const file of page) for (const name of shownIn(file)) visit(name)
  const exported = ui.flatMap(({ text }) => [...text.matchAll(/^export (?:default )?function ([A-Z]\w*)/gm)])
  return exported.map(([, name]) => name ?? '').filter((name) => !seen.has(name) && !SHOWN_BY_THE_APP.includes(name))
}

it('every component of the window stands on the page of components', () => {
  const tree = readTree('tsx,jsx')
  const ui = tree.filter(({ path }) => path.startsWith('src-renderer/ui/'))
  const page = tree.filter(({ path }) => path.startsWith('src-renderer/features/dev/'))
  expect(ui.length).toBeGreaterThan(40)
  expect(missingFrom(page, ui)).toEqual([])
})

it('a component that nobody put there is named', () => {
  const file = (path: string, text: string): SourceFile => ({ path, text })
  const ui = [
    file('ui/a.tsx', 'export function Shown() { return <Inner /> }\nfunction Inner() {}'),
    file('ui/b.tsx', 'export function Lost() {}'),
  ]
  expect(missingFrom([file('dev.tsx', '<Shown />')], ui)).toEqual(['Lost'])
})
