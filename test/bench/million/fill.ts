// Data directories of relays with so many events, seeded: the same ones each time.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openEventIndex } from '#main/adapters/sqlite/search/index/open-event-index.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ProjectId, SourceId } from '#shared/model/ids.ts'
import { newSource } from '#test/conformance/store/records.ts'
import { createWorld, type World } from '#test/conformance/store/world.ts'
import { silentLog } from '#test/support/silent-log.ts'
import type { Kept } from '../kept-data.ts'
import { eventAt, SOURCES } from './events.ts'

const BATCH = 2_000
/** Every so many events go to an endpoint that is paused, and wait there. */
const HELD_EVERY = 50
/** What an event takes of the disk, with its place in the index of the search. */
const EVENT_BYTES = 2_000

/** A relay's data with `count` events, of which a few are held. Of a million it is made in some minutes. */
export function eventsData(count: number): Kept {
  return { name: `events-${count}`, edition: 2, bytes: count * EVENT_BYTES, make: (data) => fill(data, count) }
}

async function fill(data: string, count: number): Promise<void> {
  const path = join(data, 'hookloop.db')
  const store = openSqliteStore({ path, log: silentLog })
  const world = await createWorld(store)
  const { id: projectId } = await world.addProject({ slug: 'default', name: 'Default' })
  const paused = { state: 'paused', pausedReason: 'manual', pausedAt: Date.now() } as const
  const endpoint = await world.addEndpoint({ projectId, ...paused })
  const sources = SOURCES.map((slug) => newSource(projectId, { slug }))
  for (const source of sources) await store.sources.create(source)
  const to = (place: number): readonly Endpoint[] => (place % HELD_EVERY === 0 ? [endpoint] : [])
  await appendEvents(world, { count, projectId, sourceIds: sources.map(({ id }) => id), to })
  await store.close()
  indexEvents(path)
}

interface Filling {
  count: number
  projectId: ProjectId
  /** In the order of `SOURCES`. */
  sourceIds: readonly SourceId[]
  /** Where the event at a place is to be delivered. */
  to?: (place: number) => readonly Endpoint[]
}

/** Stores the events that `eventAt` tells, oldest first. */
export async function appendEvents(world: World, { count, projectId, sourceIds, to }: Filling): Promise<void> {
  const say = stopwatch()
  for (let start = 0; start < count; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - start) }, (_, offset) => {
      const place = start + offset
      const { body, source, ...event } = eventAt(place, count)
      const bodySha256 = createHash('sha256').update(body).digest('hex')
      const ofBody = { bodySha256, bodySizeBytes: body.length }
      return world.append({
        event: { ...event, projectId, sourceId: sourceIds[source]!, ...ofBody },
        body,
        to: to?.(place) ?? [],
      })
    })
    await Promise.all(batch)
    if ((start / BATCH) % 50 === 49) say(`${(start + BATCH).toLocaleString('en')} events`)
  }
}

/** Makes the index of the search, as a relay would in the background. */
export function indexEvents(path: string): void {
  const say = stopwatch()
  const db = new Database(path, { readonly: true })
  const index = openEventIndex(db, path)
  while (index.advance());
  index.close()
  db.close()
  say('indexed')
}

/** Says on stderr what was reached, and when, counted from now on. */
export function stopwatch(): (words: string) => void {
  const startedAt = performance.now()
  return (words) => console.error(`${words} · ${Math.round((performance.now() - startedAt) / 1_000)} s`)
}
