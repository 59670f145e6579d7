import type { Database } from 'better-sqlite3'

/** What a log that grew, because a reader held on to an old state, shrinks to once it begins anew. */
const LOG_KEEPS_BYTES = 16 * 1024 * 1024
/** The log's length, in pages of 4 KiB, at which it is moved into the database. */
const CHECKPOINT_PAGES = 4_000

/** What each connection that writes has set, whatever the library was compiled for. */
export function configure(db: Database): void {
  db.pragma('journal_mode = WAL')
  // The library's own 1,000 pages make a checkpoint, which holds up everything, every second under load.
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  // The library is compiled for less: without this a power cut can lose what was acknowledged.
  db.pragma('synchronous = FULL')
  if (process.platform === 'darwin') {
    db.pragma('fullfsync = ON')
    db.pragma('checkpoint_fullfsync = ON')
  }
  db.pragma(`journal_size_limit = ${LOG_KEEPS_BYTES}`)
  // What is deleted is overwritten wherever that costs no further write; free pages go when space is given back.
  db.pragma('secure_delete = FAST')
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('temp_store = MEMORY')
}
