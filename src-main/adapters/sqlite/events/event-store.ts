import type { EventId } from '#shared/model/ids.ts'
import type { EventStore, StoredEvent } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { placeOf, START } from '../cursor.ts'
import type { FoundEvent } from '../search/finding/event-rows.ts'
import { prepareAppendEvent, prepareAppendEvents } from './append-event.ts'
import { prepareBodies } from './bodies.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from './event-row.ts'
import { FINDINGS_COLUMNS, type FindingsRow, MESSAGE_JOIN, splitFindings, VERDICT_JOIN } from './findings-row.ts'
import { prepareListSightings } from './list-sightings.ts'
import { prepareListEvents } from './list-events.ts'
import { prepareTally } from './tallies.ts'

const GET = `
  SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS} FROM events e ${VERDICT_JOIN} ${MESSAGE_JOIN} WHERE e.id = ?`
const BODY_KEY = `SELECT body_key FROM events WHERE id = ?`
const COUNT = `
  SELECT count FROM project_counts WHERE project_key = (SELECT key FROM projects WHERE id = ?) AND kind = 'events'`

export function createEventStore({ db, read, write, searcher }: Connection): EventStore {
  const append = prepareAppendEvent(db)
  const appendAll = prepareAppendEvents(db)
  const list = prepareListEvents(db)
  const sightings = prepareListSightings(db)
  const tally = prepareTally(db)
  const bodies = prepareBodies(db)
  const get = db.prepare<[string], EventRow & FindingsRow>(GET)
  const bodyKey = db.prepare<[string], number>(BODY_KEY).pluck()
  const count = db.prepare<[string], number>(COUNT).pluck()

  function find(eventId: EventId): StoredEvent | null {
    const row = get.get(eventId)
    if (!row) return null
    const { findings, rest } = splitFindings(row)
    return { event: toEvent(rest), findings, tally: tally(eventId)! }
  }

  function noted<T>(stored: Promise<T>): Promise<T> {
    stored.then(searcher.noteStored, searcher.noteStored)
    return stored
  }

  function withTally({ event, findings }: FoundEvent): StoredEvent[] {
    const found = tally(event.id)
    return found ? [{ event, findings, tally: found }] : []
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
      return read(() => ({ items: items.flatMap(withTally), nextCursor }))
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
              const found = tally(id)
              return found ? [[id, found] as const] : []
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
