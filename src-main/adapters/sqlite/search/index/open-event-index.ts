import type { Database } from 'better-sqlite3'
import { createEventIndex, type EventIndex, type IndexUpkeep } from './event-index.ts'
import { indexFile, openIndexFile, removeIndexFile } from './index-file.ts'

export interface OpenEventIndex extends EventIndex, IndexUpkeep {
  close(): void
  /** Closes it and takes its file away. */
  discard(): void
}

/** So many of its rows tell whether an index is of this database. */
const SAMPLES = 16

/**
 * Opens the index of the database at `path`, or begins a new one where there is none, or one that is damaged or of another
 * database. One that was not closed in order is compared with the database as a whole.
 */
export function openEventIndex(main: Database, path: string): OpenEventIndex {
  const file = indexFile(path)
  try {
    const index = openOn(main, file)
    if (index.wasClosed || index.indexedTo() === 0) return index
    index.compareAll()
    return index
  } catch {
    removeIndexFile(file)
    return openOn(main, file)
  }
}

function openOn(main: Database, file: string): OpenEventIndex {
  const db = openIndexFile(file)
  try {
    if (!isOf(db, main)) throw new Error('the index is of another database')
    return closable(createEventIndex(main, db), { db, file })
  } catch (error) {
    db.close()
    throw error
  }
}

function closable(index: EventIndex & IndexUpkeep, { db, file }: { db: Database; file: string }): OpenEventIndex {
  return {
    ...index,
    close() {
      index.noteClosed()
      db.close()
    },
    discard() {
      db.close()
      removeIndexFile(file)
    },
  }
}

/** Whether most of the events that it knows are there: a few may have been deleted since. */
function isOf(index: Database, main: Database): boolean {
  const newest = index.prepare<[], number | null>('SELECT max(key) FROM docs').pluck().get() ?? 0
  const doc = index.prepare<[number], { key: number; event: string }>(
    'SELECT key, event FROM docs WHERE key <= ? ORDER BY key DESC LIMIT 1',
  )
  const id = main.prepare<[number], string>('SELECT id FROM events WHERE key = ?').pluck()
  const samples = Array.from({ length: SAMPLES }, (_, place) =>
    doc.get(newest - Math.floor((newest * place) / SAMPLES)),
  )
  const known = samples.filter((sample) => sample !== undefined)
  const same = known.filter(({ key, event }) => id.get(key)?.endsWith(event))
  return same.length * 2 >= known.length
}
