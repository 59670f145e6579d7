import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Log } from '#main/engine/ports.ts'
import { checkLocation } from './check-location.ts'
import { configure } from './configure.ts'
import { APPLICATION_ID, explained, inspectFile } from './inspect-file.ts'
import { keepPlansSteady } from '../steady-plans.ts'
import { copyBeforeMigrating, migrate, SCHEMA_VERSION } from './migrate.ts'
import { DatabaseUnusableError } from './open-errors.ts'

/** How long start-up waits for another program to let go of the file. */
const START_WAIT_MS = 5_000
/** How long one write may wait while the program runs: the writer itself tries again without blocking. */
const RUNNING_WAIT_MS = 20

/** Opens the database, making or migrating it as needed. Throws `DatabaseOpenError`; a damaged file stays as it is. */
export function openDatabase({ path, log }: { path: string; log: Log }): Database.Database {
  try {
    checkLocation(path)
    const version = inspectFile(path, SCHEMA_VERSION)
    if (version === null) makeDatabase(path)
    else closeToOthers(path, log)
    const db = connect(path)
    if (version !== null && version < SCHEMA_VERSION) upgrade(db, path, log)
    db.pragma(`busy_timeout = ${RUNNING_WAIT_MS}`)
    return keepPlansSteady(db)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new DatabaseUnusableError(path, error)
    throw explained(path, error)
  }
}

/** Makes an empty one. It gets its name only once it is whole, so an empty file under that name is always damage. */
export function makeDatabase(path: string): void {
  const draft = `${path}.new`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  for (const leftover of [draft, `${draft}-wal`, `${draft}-shm`]) rmSync(leftover, { force: true })
  closeSync(openSync(draft, 'wx', 0o600))
  const db = new Database(draft)
  try {
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma(`application_id = ${APPLICATION_ID}`)
    configure(db)
    migrate(db)
  } finally {
    db.close()
  }
  renameSync(draft, path)
}

/** Takes away what a copy or an earlier umask let others read; some file systems have no such thing. */
function closeToOthers(path: string, log: Log): void {
  if (process.platform === 'win32') return
  // SQLite gives log and shared memory the mode that the database had when it made them.
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
      if ((mode & 0o077) !== 0) chmodSync(file, 0o600)
    } catch {
      log.warn('The database can be read by other users of this machine', { path: file })
    }
  }
}

function connect(path: string): Database.Database {
  // SQLite opens a file that may only be read as if all were well, and fails at the first change.
  accessSync(path, constants.R_OK | constants.W_OK)
  const db = new Database(path, { fileMustExist: true, timeout: START_WAIT_MS })
  try {
    configure(db)
    // Takes the write lock once, so that a file which cannot be written is found now.
    db.transaction(() => db.pragma('user_version')).immediate()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function upgrade(db: Database.Database, path: string, log: Log): void {
  try {
    const copy = copyBeforeMigrating(db, path)
    const steps = migrate(db)
    log.info('The database was upgraded', { steps: steps.map(({ name }) => name), copy })
  } catch (error) {
    db.close()
    throw error
  }
}
