import type { Database } from 'better-sqlite3'
import { StoreUnavailableError, type Log } from '#main/engine/ports.ts'
import { translated } from './unavailable.ts'
import { createLocalReader, type Reader } from './reading/reader.ts'
import { createLocalSearcher, type Searcher } from './search/searcher.ts'
import type { Checkpoints } from './writing/checkpoints.ts'
import { createMoveCounts, type MoveCounts } from './writing/move-counts.ts'
import { createWriter, type Write } from './writing/writer.ts'

/** The open database as the stores use it. */
export interface Connection {
  db: Database
  write: Write
  /** Of what attempts move; whoever reads counts inside a write has them kept before. */
  moves: MoveCounts
  /** Runs a read at once; a failure of the storage becomes `StoreUnavailableError`. */
  read<T>(work: () => T): Promise<T>
  /** Runs a read that may take long where nothing waits for it; such a failure becomes `StoreUnavailableError` too. */
  readApart: Reader['read']
  /** Finds what no index of the database alone picks out. */
  searcher: Searcher
  close(): Promise<void>
}

/** What works on other threads. */
export interface OtherThreads {
  reader?: Reader | undefined
  searcher?: Searcher | undefined
  checkpoints?: Checkpoints | undefined
}

/** The log's length in pages at which the connection itself brings it over, where the thread for that does not. */
const THREAD_FAILED_PAGES = 16_000

/**
 * Without other threads, reads that may take long run here, as all others do, searches have no index of texts, and some
 * commits bring the log into the database.
 */
export function createConnection(
  db: Database,
  log: Log,
  { reader = createLocalReader(db), searcher = createLocalSearcher(db), checkpoints }: OtherThreads = {},
): Connection {
  if (checkpoints) db.pragma(`wal_autocheckpoint = ${THREAD_FAILED_PAGES}`)
  const moves = createMoveCounts(db)
  const writer = createWriter(db, log, {
    onCommit: () => checkpoints?.committed(writer.hold),
    beforeCommit: moves.keep,
    afterRollback: moves.forget,
  })

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
    moves,
    read: meant,
    readApart: (name, input) => meant(() => reader.read(name, input)),
    searcher,
    async close() {
      writer.close()
      await Promise.all([searcher.close(), reader.close(), checkpoints?.close()])
      db.close()
    },
  }
}
