import { dirname } from 'node:path'
import type { SourceFile } from './imports.ts'

export interface Measures {
  medianLines: number
  /** What nine of ten files stay within. */
  ninetiethLines: number
  over300: readonly string[]
  crowdedFolders: readonly string[]
}

const MAX_LINES = 300
const MAX_FILES = 12
/** Registries may hold many files, one for each thing that they list. */
const REGISTRIES = ['shared/model', 'src-main/providers', 'src-main/adapters/sqlite/migrations']

export function measure(files: readonly SourceFile[]): Measures {
  const sized = files.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
  const lines = sized.map((file) => file.lines).toSorted((a, b) => a - b)
  const folders = Map.groupBy(files, ({ path }) => dirname(path))
  return {
    medianLines: lines[Math.floor(lines.length / 2)] ?? 0,
    ninetiethLines: lines[Math.floor(lines.length * 0.9)] ?? 0,
    over300: sized.filter((file) => file.lines > MAX_LINES).map((file) => `${file.path}: ${file.lines} lines`),
    crowdedFolders: [...folders]
      .filter(([folder, inside]) => inside.length > MAX_FILES && !REGISTRIES.includes(folder))
      .map(([folder, inside]) => `${folder}: ${inside.length} files`),
  }
}
