import type { Database } from 'better-sqlite3'
import { StoreUnavailableError, type Log } from '#main/engine/ports.ts'
import { translated } from './unavailable.ts'
import { createWriter, type Write } from './writing/writer.ts'

/** The open database as the stores use it. */
export interface Connection {
  db: Database
  write: Write
  /** Runs a read at once; a failure of the storage becomes `StoreUnavailableError`. */
  read<T>(work: () => T): Promise<T>
  close(): void
}

export function createConnection(db: Database, log: Log): Connection {
  const writer = createWriter(db, log)
  return {
    db,
    write: writer.write,
    async read(work) {
      if (!db.open) throw new StoreUnavailableError('the database is closed')
      try {
        return work()
      } catch (error) {
        throw translated(error)
      }
    },
    close() {
      writer.close()
      db.close()
    },
  }
}
