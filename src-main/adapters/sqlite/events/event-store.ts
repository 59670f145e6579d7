import type { EventId } from '#shared/model/ids.ts'
import type { EventStore, StoredEvent } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { placeOf, START, type Place } from '../cursor.ts'
import { prepareAppendEvent, prepareAppendEvents } from './append-event.ts'
import { prepareBodies } from './bodies.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from './event-row.ts'
import { FINDINGS_COLUMNS, type FindingsRow, MESSAGE_JOIN, splitFindings, VERDICT_JOIN } from './findings-row.ts'
import { prepareListSightings } from './list-sightings.ts'
import { prepareListEvents } from './list-events.ts'
import { prepareTally } from './tallies.ts'

const GET = `SELECT e.key, ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS} FROM events e ${VERDICT_JOIN} ${MESSAGE_JOIN}`
const BY_ID = `${GET} WHERE e.id = ?`
/** Both, for a key may be another event's by the time at which it is read. */
const AT_PLACE = `${GET} WHERE e.key = ? AND e.received_at = ?`
const BODY_KEY = `SELECT body_key FROM events WHERE id = ?`
const KEY = `SELECT key FROM events WHERE id = ?`
const COUNT = `
  SELECT count FROM project_counts WHERE project_key = (SELECT key FROM projects WHERE id = ?) AND kind = 'events'`

type StoredRow = EventRow & FindingsRow & { key: number }

export function createEventStore({ db, read, write, searcher }: Connection): EventStore {
  const append = prepareAppendEvent(db)
  const appendAll = prepareAppendEvents(db)
  const list = prepareListEvents(db)
  const sightings = prepareListSightings(db)
  const tally = prepareTally(db)
  const bodies = prepareBodies(db)
  const byId = db.prepare<[string], StoredRow>(BY_ID)
  const atPlace = db.prepare<[number, number], StoredRow>(AT_PLACE)
  const keyOf = db.prepare<[string], number>(KEY).pluck()
  const bodyKey = db.prepare<[string], number>(BODY_KEY).pluck()
  const count = db.prepare<[string], number>(COUNT).pluck()

  function toStored({ key, ...row }: StoredRow): StoredEvent {
    const { findings, rest } = splitFindings(row)
    return { event: toEvent(rest), findings, tally: tally(key) }
  }

  function find(eventId: EventId): StoredEvent | null {
    const row = byId.get(eventId)
    return row ? toStored(row) : null
  }

  function storedAt({ key, at }: Place): StoredEvent[] {
    const row = atPlace.get(key, at)
    return row ? [toStored(row)] : []
  }

  function noted<T>(stored: Promise<T>): Promise<T> {
    stored.then(searcher.noteStored, searcher.noteStored)
    return stored
  }

  return {
    append: (entry) => noted(write(() => append(entry))),
    appendAll: (entries) => noted(write(() => appendAll(entries))),
    get: (eventId) => read(() => find(eventId)),
    count: (projectId) => read(() => count.get(projectId) ?? 0),

    async list(query) {
      const { projectId, filter, limit, cursor, signal } = query
      const search = { projectId, filter, signal, before: placeOf(cursor) }
      const { items, nextCursor } =
        (await read(() => list(query))) ?? (await read(() => searcher.events(search, limit)))
      return read(() => ({ items: items.flatMap(storedAt), nextCursor }))
    },

    async countFitting({ projectId, filter, most, signal }) {
      const search = { projectId, filter, signal, before: START }
      return await read(() => searcher.countEvents(search, most))
    },

    sightings: (query) => read(() => sightings(query)),

    tallies: (eventIds) =>
      read(
        () =>
          new Map(
            eventIds.flatMap((id) => {
              const key = keyOf.get(id)
              return key === undefined ? [] : [[id, tally(key)] as const]
            }),
          ),
      ),

    body: (eventId) =>
      read(() => {
        const key = bodyKey.get(eventId)
        return key === undefined ? null : bodies.read(key)
      }),
  }
}
