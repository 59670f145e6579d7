import Database from 'better-sqlite3'
import { StoreUnavailableError } from '#main/engine/ports.ts'

/** What each family of SQLite's codes means to a person. */
const REASONS: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full',
  SQLITE_BUSY: 'another program holds the database',
  SQLITE_LOCKED: 'another program holds the database',
  SQLITE_IOERR: 'the disk reports an error',
  SQLITE_READONLY: 'the database may not be written',
  SQLITE_CANTOPEN: 'a database file cannot be opened',
  SQLITE_CORRUPT: 'the database is damaged',
  SQLITE_NOTADB: 'the database is damaged',
}

/** A failure of the storage itself as `StoreUnavailableError`; any other error, a bug of ours, unchanged. */
export function translated(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const reason = REASONS[familyOf(error)]
  return reason === undefined ? error : new StoreUnavailableError(reason, { cause: error })
}

export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && familyOf(error) === 'SQLITE_BUSY'
}

/** `SQLITE_IOERR` for `SQLITE_IOERR_WRITE`, and so on. */
function familyOf({ code }: { code: string }): string {
  return code.split('_').slice(0, 2).join('_')
}
