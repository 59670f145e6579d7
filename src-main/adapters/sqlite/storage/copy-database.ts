import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync, rmSync, statSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import Database from 'better-sqlite3'
import type { Backup, BackupCounts, CopyProgress } from '#shared/model/backup.ts'
import { CopyAbortedError } from '#main/engine/ports.ts'

/** So many pages of 4 KiB are copied at a time. */
const STEP_PAGES = 1_000

export interface CopyOrder {
  from: string
  /** Must not be there yet. */
  to: string
  onProgress(progress: CopyProgress): void
  /** Asked between steps. */
  isAborted(): boolean
}

export type Copied = Pick<Backup, 'sizeBytes' | 'sha256' | 'schemaVersion' | 'counts'>

/**
 * Copies the database at `from`, as it stands when the copy begins, while others go on writing to it: one file, readable
 * by its owner only. Of a copy that fails nothing is left. Throws `CopyAbortedError`, or SQLite's error.
 */
export async function copyDatabase(order: CopyOrder): Promise<Copied> {
  const { to } = order
  closeSync(openSync(to, 'wx', 0o600))
  try {
    await copyPages(order)
    const { schemaVersion, counts } = readWhole(to)
    flush(to)
    return { sizeBytes: statSync(to).size, sha256: await hashOf(to), schemaVersion, counts }
  } catch (error) {
    for (const part of ['', '-journal', '-wal', '-shm']) rmSync(to + part, { force: true })
    throw error
  }
}

/** A reader's transaction keeps the state of its begin, so that the copy never has to begin anew. */
async function copyPages({ from, to, onProgress, isAborted }: CopyOrder): Promise<void> {
  const db = new Database(from, { readonly: true, fileMustExist: true })
  try {
    const pageBytes = db.pragma('page_size', { simple: true }) as number
    db.exec('BEGIN')
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    await db.backup(to, {
      progress({ totalPages, remainingPages }) {
        if (isAborted()) throw new CopyAbortedError()
        onProgress({ copiedBytes: (totalPages - remainingPages) * pageBytes, totalBytes: totalPages * pageBytes })
        return STEP_PAGES
      },
    })
    db.exec('COMMIT')
  } finally {
    db.close()
  }
}

/** Leaves the log's mode, so that the copy is one file, and counts what it holds. */
function readWhole(path: string): Pick<Backup, 'schemaVersion' | 'counts'> {
  const db = new Database(path, { fileMustExist: true })
  try {
    db.pragma('journal_mode = DELETE')
    return { schemaVersion: db.pragma('user_version', { simple: true }) as number, counts: countRows(db) }
  } finally {
    db.close()
  }
}

/** Of any schema. */
export function countRows(db: Database.Database): BackupCounts {
  const count = (table: string) => db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  return {
    projects: count('projects'),
    sources: count('sources WHERE deleted_at IS NULL'),
    endpoints: count('endpoints WHERE deleted_at IS NULL'),
    events: count('events'),
    deliveries: count('deliveries'),
    attempts: count('attempts'),
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** SHA-256 of a file, in hexadecimal digits. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash)
  return hash.digest('hex')
}
