import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import {
  DatabaseDamagedError,
  DatabaseUnusableError,
  ForeignDatabaseError,
  LogMissingError,
  NewerDatabaseError,
} from './open-errors.ts'

/** Marks a file as ours in its header: "HKLP". */
export const APPLICATION_ID = 0x48_4b_4c_50
/** Up to this size every page is checked at each start; larger files show damage when it is read. */
const CHECKED_BYTES = 64 * 1024 * 1024

/** The schema version of the database at `path`, read without changing a byte; null where there is none yet. */
export function inspectFile(path: string, knownVersion: number): number | null {
  if (!existsSync(path)) {
    if (sizeOf(`${path}-wal`) > 0) throw new DatabaseDamagedError(path, 'the file is gone, only its -wal file is left')
    return null
  }
  const sizeBytes = sizeOf(path)
  // SQLite removes the shared memory first: alone, it tells that somebody took the log away.
  if (sizeOf(`${path}-shm`) > 0 && !existsSync(`${path}-wal`)) throw new LogMissingError(path)
  if (sizeBytes === 0) throw new DatabaseDamagedError(path, 'the file is empty')
  let db: Database.Database | null = null
  try {
    db = new Database(path, { readonly: true, fileMustExist: true })
    const version = inspect(db, path, knownVersion)
    if (sizeBytes <= CHECKED_BYTES) checkPages(db, path)
    return version
  } catch (error) {
    throw explained(path, error)
  } finally {
    db?.close()
  }
}

/** An error of SQLite at opening as one for people; others pass unchanged. */
export function explained(path: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const damaged = error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB'
  return damaged ? new DatabaseDamagedError(path, error.message, error) : new DatabaseUnusableError(path, error)
}

function inspect(db: Database.Database, path: string, knownVersion: number): number {
  const applicationId = db.pragma('application_id', { simple: true }) as number
  if (applicationId !== APPLICATION_ID) throw new ForeignDatabaseError(path)
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > knownVersion) throw new NewerDatabaseError(path, version, knownVersion)
  return version
}

function checkPages(db: Database.Database, path: string): void {
  const finding = db.pragma('quick_check(1)', { simple: true }) as string
  if (finding !== 'ok') throw new DatabaseDamagedError(path, finding)
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
