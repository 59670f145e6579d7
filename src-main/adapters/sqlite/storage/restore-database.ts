import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Backup, BackupCounts } from '#shared/model/backup.ts'
import type { Restored } from '#shared/model/restored.ts'
import { explained, inspectFile } from '../opening/inspect-file.ts'
import { migrate, SCHEMA_VERSION } from '../opening/migrate.ts'
import { DatabaseDamagedError, DatabaseOpenError } from '../opening/open-errors.ts'
import { readManifest } from './backup-manifest.ts'
import { countRows, hashOf } from './copy-database.ts'
import { indexFile, removeIndexFile } from '../search/index/index-file.ts'
import { holdEverything } from './hold-everything.ts'

const PARTS = ['', '-wal', '-shm'] as const

/** Gives a file another name, as `renameSync` does. */
type Move = (from: string, to: string) => void

export interface RestoreOrder {
  from: string
  /** Where the database is to be. */
  path: string
  /** Whether one that is there already gives way. */
  replace: boolean
  now: number
}

export interface RestoreResult {
  path: string
  /** Where the database that was there before is kept. */
  keptPath: string | null
  counts: BackupCounts
  /** The schema that the backup was of; it was brought up to date. */
  schemaVersion: number
  restored: Restored
}

/** There is a database already, and nobody said that it may give way. */
export class DatabaseThereError extends DatabaseOpenError {
  constructor(path: string) {
    super(
      `There is a database already: ${path}. Nothing was changed.`,
      'Restore into another folder with --data, or say --force: the one that is there is then kept beside it.',
    )
    this.name = 'DatabaseThereError'
  }
}

/**
 * Puts the backup at `from` in the place of the database at `path`, on which nothing may run. It is checked first and
 * brought up to date; every endpoint comes back paused and every delivery that is not final held. What was there before is
 * kept beside it. Throws `DatabaseOpenError`, having changed nothing.
 */
export async function restoreDatabase(
  { from, path, replace, now }: RestoreOrder,
  move: Move = renameSync,
): Promise<RestoreResult> {
  if (!existsSync(from)) throw new DatabaseOpenError(`There is no file ${from}.`, 'Name the backup to restore.')
  const schemaVersion = inspectFile(from, SCHEMA_VERSION) ?? 0
  const manifest = readManifest(from)
  if (manifest) await checkAgainst(manifest, from)
  if (PARTS.some((part) => existsSync(path + part)) && !replace) throw new DatabaseThereError(path)
  const draft = `${path}.restoring`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    copyInto(from, draft)
    const { counts, restored } = prepare(draft, { now, backupAt: manifest?.createdAt ?? null })
    const keptPath = setAside(path, now, move)
    // It is of the database that was there, and is made anew at the next start.
    removeIndexFile(indexFile(path))
    try {
      move(draft, path)
    } catch (error) {
      if (keptPath !== null) putBack(path, keptPath, move)
      throw error
    }
    return { path, keptPath, counts, schemaVersion, restored }
  } catch (error) {
    throw explained(path, error)
  } finally {
    discard(draft)
  }
}

async function checkAgainst(manifest: Backup, from: string): Promise<void> {
  const isSame = statSync(from).size === manifest.sizeBytes && (await hashOf(from)) === manifest.sha256
  if (!isSame) throw new DatabaseDamagedError(from, 'it is not the file that its manifest tells of')
}

/** Takes along what a log beside it holds, and reads every page. */
function copyInto(from: string, draft: string): void {
  discard(draft)
  const db = new Database(from, { readonly: true, fileMustExist: true })
  try {
    const finding = db.pragma('quick_check(1)', { simple: true }) as string
    if (finding !== 'ok') throw new DatabaseDamagedError(from, finding)
    closeSync(openSync(draft, 'wx', 0o600))
    db.prepare('VACUUM INTO ?').run(draft)
  } finally {
    db.close()
  }
}

function prepare(draft: string, step: { now: number; backupAt: number | null }) {
  const db = new Database(draft, { fileMustExist: true })
  try {
    db.pragma('foreign_keys = ON')
    migrate(db)
    const restored = holdEverything(db, step)
    return { restored, counts: countRows(db) }
  } finally {
    db.close()
    flush(draft)
  }
}

/** The main file first: were this cut off, a log alone is never taken for a database. */
function setAside(path: string, now: number, move: Move): string | null {
  const kept = `${path}.before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`
  const parts = PARTS.filter((part) => existsSync(path + part))
  try {
    for (const part of parts) move(path + part, kept + part)
  } catch (error) {
    putBack(path, kept, move)
    throw error
  }
  return parts.length === 0 ? null : kept
}

/** The log first: the main file alone is a database again. */
function putBack(path: string, kept: string, move: Move): void {
  for (const part of PARTS.toReversed()) if (existsSync(kept + part)) move(kept + part, path + part)
}

function discard(draft: string): void {
  for (const part of ['', '-journal', '-wal', '-shm']) rmSync(draft + part, { force: true })
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
