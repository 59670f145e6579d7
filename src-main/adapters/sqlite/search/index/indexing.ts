import type { Database } from 'better-sqlite3'
import type { EventVerdict } from '#shared/model/findings.ts'
import { prepareBodies } from '../../events/bodies.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from '../../events/event-row.ts'
import { VERDICT_JOIN } from '../../events/findings-row.ts'
import { createEventTerms } from './event-terms.ts'
import type { TimeBlocks } from './time-blocks.ts'

/** So many events, or so many bytes of their bodies, are taken in by one step. */
const BATCH = 200
const BATCH_BYTES = 1024 * 1024
/** So many keys are compared by one step. */
const COMPARED_KEYS = 5_000

type Row = EventRow & { key: number; bodyKey: number; verdict: EventVerdict['verdict'] | null }

const COLUMNS = `${EVENT_COLUMNS}, e.key, e.body_key AS bodyKey, v.verdict FROM events e ${VERDICT_JOIN}`
const NEXT = `SELECT ${COLUMNS} WHERE e.key > ? ORDER BY e.key LIMIT ${BATCH}`
const ONE = `SELECT ${COLUMNS} WHERE e.key = ?`
const IDS = `SELECT key, id FROM events WHERE key < @below AND key >= @from`
const DOCS = `SELECT key, event FROM docs WHERE key < @below AND key >= @from`

/** As much of an id as tells two events of one key apart. */
const tailOf = (id: string): string => id.slice(-10)

/** The steps that bring the index up to the database. */
export function prepareIndexing({ main, index, blocks }: { main: Database; index: Database; blocks: TimeBlocks }) {
  const next = main.prepare<[number], Row>(NEXT)
  const one = main.prepare<[number], Row>(ONE)
  const ids = main.prepare<{ below: number; from: number }, { key: number; id: string }>(IDS)
  const bodies = prepareBodies(main)
  const docs = index.prepare<{ below: number; from: number }, { key: number; event: string }>(DOCS)
  const addTerms = index.prepare<[number, string]>('INSERT INTO terms (rowid, text) VALUES (?, ?)')
  const addDoc = index.prepare<[number, string]>('INSERT INTO docs (key, event) VALUES (?, ?)')
  const setBlock = index.prepare<[number, number, number]>('INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)')
  const dropTerms = index.prepare<[number]>('DELETE FROM terms WHERE rowid = ?')
  const dropDoc = index.prepare<[number]>('DELETE FROM docs WHERE key = ?')
  const termsOf = createEventTerms()

  function add({ key, bodyKey, verdict, ...row }: Row): void {
    const event = toEvent(row)
    const terms = termsOf({
      event,
      verdict,
      body: () => bodies.read(bodyKey),
      bodyStart: (bytes) => bodies.readStart(bodyKey, bytes),
    })
    addTerms.run(key, terms)
    addDoc.run(key, tailOf(event.id))
    const { number, minAt, maxAt } = blocks.add(key, event.receivedAt)
    setBlock.run(number, minAt, maxAt)
  }

  return {
    batch: BATCH,

    /** Takes in the next events after a key; false where there is none. `note` is told how far it came. */
    takeNext(after: number, note: (to: number) => void): boolean {
      const rows = next.all(after)
      if (rows.length === 0) return false
      let bytes = 0
      const taken = rows.filter(({ bodySizeBytes }) => {
        const fits = bytes < BATCH_BYTES
        bytes += bodySizeBytes
        return fits
      })
      index.transaction(() => {
        for (const row of taken) add(row)
        note(taken.at(-1)!.key)
      })()
      return true
    },

    /** Makes these keys' rows say what the database holds now. */
    renew(keys: readonly number[]): void {
      index.transaction(() => {
        for (const key of keys) {
          if (dropDoc.run(key).changes > 0) dropTerms.run(key)
          const row = one.get(key)
          if (row) add(row)
        }
      })()
    },

    /** The keys below `below` at which the two differ, within one step, and down to where it looked; null at the end. */
    compareBelow(below: number): { differing: number[]; reached: number | null } {
      const from = Math.max(0, below - COMPARED_KEYS)
      const there = new Map(ids.all({ below, from }).map(({ key, id }) => [key, tailOf(id)]))
      const known = new Map(docs.all({ below, from }).map(({ key, event }) => [key, event]))
      const keys = new Set([...there.keys(), ...known.keys()])
      const differing = [...keys].filter((key) => there.get(key) !== known.get(key))
      return { differing, reached: from > 0 ? from : null }
    },
  }
}
