import { globSync, readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import type { SourceFile } from './imports.ts'

export const ROOT = resolve(import.meta.dirname, '../..')

/** The project's own files with these endings, by path from the root. */
export function readTree(endings = 'ts,tsx'): SourceFile[] {
  return globSync([`{shared,src-main,src-renderer,packaging,test}/**/*.{${endings}}`, '*.config.ts'], { cwd: ROOT })
    .toSorted()
    .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(ROOT, path), 'utf8') }))
}
