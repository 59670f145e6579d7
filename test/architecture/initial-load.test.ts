import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { importsOf } from './imports.ts'
import { findLoadedEarly } from './initial-load.ts'
import { readTree, ROOT } from './source-tree.ts'

beforeAll(buildIfStale, 120_000)

const BUDGET_BYTES = 350_000
const PAGE = 'out/renderer/index.html'

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** The scripts that the built page loads before it asks for a screen: what it names, and what those import. */
function initialScripts(): Map<string, Buffer> {
  const scripts = new Map<string, Buffer>()
  const visit = (path: string): void => {
    if (scripts.has(path)) return
    const text = read(path)
    scripts.set(path, gzipSync(text))
    for (const { to, isDynamic } of importsOf({ path, text })) if (!isDynamic) visit(to)
  }
  for (const [, path] of read(PAGE).matchAll(/(?:src|href)="([^"]+\.js)"/g)) {
    visit(posix.join(posix.dirname(PAGE), path ?? ''))
  }
  return scripts
}

describe('what the window loads first', () => {
  it('is at most 350 kB of JavaScript, gzipped', () => {
    const scripts = initialScripts()
    const bytes = [...scripts.values()].reduce((sum, { length }) => sum + length, 0)
    expect(scripts.size).toBeGreaterThan(1)
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES)
  })

  it('holds no editor, no chart and no comparison', () => {
    expect(findLoadedEarly(readTree(), 'src-renderer/app/main.tsx')).toEqual([])
  })

  it('tells what is loaded early by the way that it comes in', () => {
    const planted = (text: string) =>
      findLoadedEarly(
        [
          { path: 'src-renderer/app/main.tsx', text: "import './screen.tsx'" },
          { path: 'src-renderer/app/screen.tsx', text },
        ],
        'src-renderer/app/main.tsx',
      )
    expect(planted("import { EditorView } from '@codemirror/view'")).toEqual([
      'src-renderer/app/main.tsx → src-renderer/app/screen.tsx → @codemirror/view',
    ])
    expect(planted("const { EditorView } = await import('@codemirror/view')")).toEqual([])
    expect(planted("import type { EditorView } from '@codemirror/view'")).toEqual([])
  })
})
