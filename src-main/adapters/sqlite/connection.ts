import type { Database } from 'better-sqlite3'
import { StoreUnavailableError, type Log } from '#main/engine/ports.ts'
import { translated } from './unavailable.ts'
import { createLocalReader, type Reader } from './reading/reader.ts'
import { createWriter, type Write } from './writing/writer.ts'

/** The open database as the stores use it. */
export interface Connection {
  db: Database
  write: Write
  /** Runs a read at once; a failure of the storage becomes `StoreUnavailableError`. */
  read<T>(work: () => T): Promise<T>
  /** Runs a read that may take long where nothing waits for it; such a failure becomes `StoreUnavailableError` too. */
  readApart: Reader['read']
  close(): Promise<void>
}

/** Without a `reader` of another thread, reads that may take long run at once, as all others do. */
export function createConnection(db: Database, log: Log, reader: Reader = createLocalReader(db)): Connection {
  const writer = createWriter(db, log)

  async function meant<T>(work: () => T | Promise<T>): Promise<T> {
    if (!db.open) throw new StoreUnavailableError('the database is closed')
    try {
      return await work()
    } catch (error) {
      throw translated(error)
    }
  }

  return {
    db,
    write: writer.write,
    read: meant,
    readApart: (name, input) => meant(() => reader.read(name, input)),
    async close() {
      writer.close()
      await reader.close()
      db.close()
    },
  }
}
