import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { isBusy } from './unavailable.ts'
import { DatabaseUnusableError } from './opening/open-errors.ts'

const LOCK_FILE = 'hookloop.lock'

/** What this process holds: a handle that nothing refers to would be collected, and its lock be free again. */
const held = new Set<Database.Database>()

/** Another running program holds this data directory. */
export class DataDirectoryInUseError extends Error {
  readonly hint: string

  constructor(directory: string, holder: string | null) {
    super(`The data directory ${directory} is in use by ${holder ?? 'another Hookloop'}.`)
    this.name = 'DataDirectoryInUseError'
    this.hint = 'Open that one, stop it first, or choose another directory with --data.'
  }
}

/**
 * Takes the data directory for this process alone, making it where it is missing. The operating system frees it
 * when the process ends, however it ends. `holderOf` tells who has it, where that is known. Throws
 * `DataDirectoryInUseError`.
 */
export function lockDataDirectory(
  directory: string,
  holderOf: (directory: string) => string | null = () => null,
): { release(): void } {
  const path = join(directory, LOCK_FILE)
  let db: Database.Database | null = null
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    // Never opened where it is there: closing any handle of a locked file would free its lock.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
    db = new Database(path, { timeout: 0 })
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    throw isBusy(error)
      ? new DataDirectoryInUseError(directory, holderOf(directory))
      : new DatabaseUnusableError(path, error)
  }
  const taken = db
  held.add(taken)
  return {
    release: () => {
      held.delete(taken)
      taken.close()
    },
  }
}
