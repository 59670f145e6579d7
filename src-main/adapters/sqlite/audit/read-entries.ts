import Database from 'better-sqlite3'
import type { AuditRow, AuditStore } from '#main/engine/ports.ts'
import { explained, inspectFile } from '../opening/inspect-file.ts'
import { SCHEMA_VERSION } from '../opening/migrate.ts'
import { DatabaseOpenError } from '../opening/open-errors.ts'
import { AFTER, COUNTED } from './audit-store.ts'

const HAS_LOG = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audit_entries'`
const TOO_OLD = 'is of an earlier version, which kept no audit log'
const START_ONCE = 'Start this version with it once: the log begins then.'

/** Reads the audit log of the database at `path` and changes nothing. Throws `DatabaseOpenError`. */
export function openAuditReader(path: string): Pick<AuditStore, 'after' | 'counted'> & { close(): void } {
  if (inspectFile(path, SCHEMA_VERSION) === null) {
    throw new DatabaseOpenError(`There is no database at ${path}.`, 'Name the folder that it is in with --data.')
  }
  let db: Database.Database | null = null
  try {
    db = new Database(path, { readonly: true, fileMustExist: true })
    if (!db.prepare(HAS_LOG).get()) throw new DatabaseOpenError(`The database ${path} ${TOO_OLD}.`, START_ONCE)
    const after = db.prepare<[number, number], AuditRow>(AFTER)
    const counted = db.prepare<[], number>(COUNTED).pluck()
    const opened = db
    return {
      after: async (number, limit) => after.all(number, limit),
      counted: async () => counted.get() ?? null,
      close: () => void opened.close(),
    }
  } catch (error) {
    db?.close()
    throw explained(path, error)
  }
}
