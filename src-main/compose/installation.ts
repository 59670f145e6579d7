import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'

const Manifest = z.object({ version: z.string() })

export interface Installation {
  version: string
  /** The built window. */
  uiDirectory: string
}

/** Where this copy of Hookloop lies; the same from sources, from the build and from a packaged app. */
export function findInstallation(): Installation {
  const root = nearestPackage(import.meta.dirname)
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  return { version: manifest.version, uiDirectory: join(root, 'out/renderer') }
}

/** The program that does long work on the database on a thread of its own. */
export function storageWorkerFile(): string {
  return threadFile('src-main/adapters/sqlite/storage/storage-worker.ts')
}

/** The program that reads from the database on a thread of its own. */
export function readingThreadFile(): string {
  return threadFile('src-main/adapters/sqlite/reading/reading-thread.ts')
}

/** The program that searches the database, and keeps the index for it, on a thread of its own. */
export function searchThreadFile(): string {
  return threadFile('src-main/adapters/sqlite/search/thread/search-thread.ts')
}

/** The program that brings the log into the database on a thread of its own. */
export function checkpointThreadFile(): string {
  return threadFile('src-main/adapters/sqlite/writing/checkpoint-thread.ts')
}

/** As source beside sources, else as built. */
function threadFile(source: string): string {
  const isSource = import.meta.filename.endsWith('.ts')
  const path = isSource ? source : join('out/main', `${basename(source, '.ts')}.js`)
  return join(nearestPackage(import.meta.dirname), path)
}

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('This installation has no package.json')
  return nearestPackage(parent)
}
