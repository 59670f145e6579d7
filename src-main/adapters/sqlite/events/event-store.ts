import type { EventId } from '#shared/model/ids.ts'
import type { EventCountQuery, EventStore, StoredEvent } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { placeOf, START, type Place } from '../cursor.ts'
import { gatherCount, gatherPage, type Gathering } from '../search/gather.ts'
import { prepareScanEvents, type FoundEvent } from '../search/scan-events.ts'
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
const COUNT = `SELECT count(*) FROM events WHERE project_key = (SELECT key FROM projects WHERE id = ?)`

export function createEventStore({ db, read, write }: Connection): EventStore {
  const append = prepareAppendEvent(db)
  const appendAll = prepareAppendEvents(db)
  const list = prepareListEvents(db)
  const scan = prepareScanEvents(db)
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

  function withTally({ event, findings }: FoundEvent): StoredEvent[] {
    const found = tally(event.id)
    return found ? [{ event, findings, tally: found }] : []
  }

  function searching({ projectId, filter, signal }: Omit<EventCountQuery, 'most'>, before: Place): Gathering {
    return { steps: scan({ projectId, filter, before }), signal }
  }

  return {
    append: (entry) => write(() => append(entry)),
    appendAll: (entries) => write(() => appendAll(entries)),
    get: (eventId) => read(() => find(eventId)),
    count: (projectId) => read(() => count.get(projectId)!),

    async list(query) {
      const listed = await read(() => list(query))
      const { items, nextCursor } = listed ?? (await gatherPage(searching(query, placeOf(query.cursor)), query.limit))
      return read(() => ({ items: items.flatMap(withTally), nextCursor }))
    },

    countFitting: (query) => gatherCount(searching(query, START), query.most),

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
