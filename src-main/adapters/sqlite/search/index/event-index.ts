import type { Database } from 'better-sqlite3'
import { prepareIndexing } from './indexing.ts'
import { TimeBlocks, type Block } from './time-blocks.ts'

/** The index of a database's events, as searches use it. */
export interface EventIndex {
  /** Events with higher keys are not in it yet. */
  indexedTo(): number
  /** Lower keys of events that are not in it, or no longer as it says. */
  unsure(): readonly number[]
  blocks: TimeBlocks
  /** At most `limit` keys of events that may fit, highest first: those below `below`, not below `from`. */
  candidates(match: string, range: KeyRange): number[]
}

export interface KeyRange {
  below: number
  from: number
  limit: number
}

/** What keeps it up with the database. Each call does a bounded piece of it. */
export interface IndexUpkeep {
  /** Takes in what is next; false once there is nothing more. */
  advance(): boolean
  /** Events with these keys were deleted; another may have a key by now. */
  noteRemoved(keys: readonly number[]): void
  /** Compares the index with the database, as far as it reaches; false once it is through. */
  compare(): boolean
  /** Begins such a comparison at the newest. */
  compareAll(): void
  /** Whether it was closed in order when it was last open. */
  wasClosed: boolean
  /** Notes that nothing is left to be done, so that it can be trusted when it is opened again. */
  noteClosed(): void
}

export const FIND_EVENTS = `
  SELECT rowid FROM terms WHERE terms MATCH @match AND rowid < @below AND rowid >= @from
  ORDER BY rowid DESC LIMIT @limit`

/** `main` is the database, which is only read; `index` is the file of the index, which nobody else uses. */
export function createEventIndex(main: Database, index: Database): EventIndex & IndexUpkeep {
  const marks = prepareMarks(index)
  const blocks = new TimeBlocks(
    index.prepare<[], Block>('SELECT number, min_at AS minAt, max_at AS maxAt FROM blocks').all(),
  )
  const find = index.prepare<{ match: string } & KeyRange, number>(FIND_EVENTS).pluck()
  const indexing = prepareIndexing({ main, index, blocks })
  const wasClosed = marks.get('closed') === 1
  const unsure = new Set<number>()
  let compared: number | null = null
  marks.set('closed', 0)

  return {
    blocks,
    wasClosed,
    indexedTo: () => marks.get('indexed to'),
    unsure: () => [...unsure],
    candidates: (match, range) => find.all({ match, ...range }),

    advance() {
      const [key] = unsure
      if (key !== undefined) {
        const keys = [...unsure].slice(0, indexing.batch)
        indexing.renew(keys)
        for (const each of keys) unsure.delete(each)
        return true
      }
      const reached = indexing.takeNext(marks.get('indexed to'), (to) => marks.set('indexed to', to))
      return reached
    },

    noteRemoved(keys) {
      for (const key of keys) if (key <= marks.get('indexed to')) unsure.add(key)
    },

    compareAll() {
      compared = marks.get('indexed to') + 1
    },

    compare() {
      if (compared === null) return false
      const { differing, reached } = indexing.compareBelow(compared)
      for (const key of differing) unsure.add(key)
      compared = reached
      return reached !== null
    },

    noteClosed: () => marks.set('closed', unsure.size === 0 && compared === null ? 1 : 0),
  }
}

function prepareMarks(index: Database) {
  const read = index.prepare<[string], number>('SELECT value FROM marks WHERE name = ?').pluck()
  const write = index.prepare<[string, number]>(
    'INSERT INTO marks (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  const known = new Map<string, number>()
  return {
    get(name: string): number {
      const value = known.get(name) ?? read.get(name) ?? 0
      known.set(name, value)
      return value
    },
    set(name: string, value: number): void {
      write.run(name, value)
      known.set(name, value)
    },
  }
}
