import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { StoreUnavailableError, type StorageFiles } from '#main/engine/ports.ts'
import { listBackups, removeBackupFiles, writeManifest } from './backup-manifest.ts'
import type { StorageWorker } from './worker-tasks.ts'

/** A copy bears this at its end until it is whole. */
const DRAFT = '.part'

export interface StorageFilesDeps {
  /** Of the database. */
  path: string
  worker: StorageWorker
}

/** The files of the database at `path`; backups lie in `backups` beside it. */
export function createStorageFiles({ path, worker }: StorageFilesDeps): StorageFiles {
  const folder = join(dirname(path), 'backups')

  return {
    async sizes() {
      return {
        path,
        databaseBytes: sizeOf(path),
        freeBytes: freeInside(path),
        logBytes: sizeOf(`${path}-wal`),
        diskFreeBytes: freeOnDisk(dirname(path)),
        backupBytes: listBackups(folder).reduce((sum, backup) => sum + sizeOf(backup.path), 0),
        copies: copiesOf(path),
      }
    },

    sizesByKind: () => worker.measure(path),
    backups: async () => listBackups(folder),

    async backUp({ id, createdAt }, watch) {
      const file = join(folder, fileName(createdAt, id))
      makeFolder(folder)
      const copied = await worker.copy({ from: path, to: file + DRAFT }, watch)
      const backup = { id, createdAt, path: file, ...copied }
      writeManifest(backup)
      renameSync(file + DRAFT, file)
      return backup
    },

    async removeBackup(id) {
      const found = listBackups(folder).find((backup) => backup.id === id)
      if (!found) return false
      removeBackupFiles(found.path)
      return true
    },
  }
}

/** Sorted by time in every list of files; the end of the id tells two of one second apart. */
function fileName(createdAt: number, id: string): string {
  const instant = new Date(createdAt).toISOString().slice(0, 19).replaceAll(':', '-')
  return `hookloop-${instant}-${id.slice(-4).toLowerCase()}.db`
}

/** Makes it for its owner only, and takes away what an earlier run left half done. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(folder)) if (name.includes(DRAFT)) rmSync(join(folder, name), { force: true })
  } catch (error) {
    throw new StoreUnavailableError(`the folder ${folder} cannot be written`, { cause: error })
  }
}

/** Beside the database, named after it and what they were kept for. */
function copiesOf(path: string): { path: string; bytes: number }[] {
  const folder = dirname(path)
  const isCopy = (name: string) =>
    /^\.(?:schema-\d+|before-restore|salvaged)[.-]/.test(name.slice(basename(path).length))
  return readdirSync(folder)
    .filter((name) => name.startsWith(basename(path)) && isCopy(name))
    .map((name) => ({ path: join(folder, name), bytes: sizeOf(join(folder, name)) }))
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function freeInside(path: string): number {
  const db = new Database(path, { readonly: true, fileMustExist: true })
  try {
    const pages = db.pragma('freelist_count', { simple: true }) as number
    return pages * (db.pragma('page_size', { simple: true }) as number)
  } finally {
    db.close()
  }
}

function freeOnDisk(folder: string): number | null {
  if (!existsSync(folder)) return null
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
