// Fills a data directory with so many events, seeded, and keeps it for the next time.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openEventIndex } from '#main/adapters/sqlite/search/index/open-event-index.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { newSource } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { eventAt, SOURCES } from './events.ts'

/** Another one makes stores that were kept before give way. */
const EDITION = 1
const BATCH = 2_000
/** Every so many events go to an endpoint that is paused, and wait there. */
const HELD_EVERY = 50

/**
 * The data directory of a relay with `count` events. It is kept in `HOOKLOOP_BENCH_DATA`, or else in the folder of the
 * system for temporary files, and made where it is not there yet: of a million events in some minutes.
 */
export async function filledData(count: number): Promise<string> {
  const data = join(process.env['HOOKLOOP_BENCH_DATA'] ?? tmpdir(), `hookloop-bench-${count}-${EDITION}`)
  const mark = join(data, 'filled')
  if (existsSync(mark)) return data
  await rm(data, { recursive: true, force: true })
  await mkdir(data, { recursive: true })
  await fill(join(data, 'hookloop.db'), count)
  await writeFile(mark, '')
  return data
}

async function fill(path: string, count: number): Promise<void> {
  const startedAt = performance.now()
  const say = (words: string): void =>
    console.error(`${words} · ${Math.round((performance.now() - startedAt) / 1_000)} s`)
  const store = openSqliteStore({ path, log: silentLog })
  const world = await createWorld(store)
  const project = await world.addProject({ slug: 'default', name: 'Default' })
  const paused = { state: 'paused', pausedReason: 'manual', pausedAt: Date.now() } as const
  const endpoint = await world.addEndpoint({ projectId: project.id, ...paused })
  const sources = SOURCES.map((slug) => newSource(project.id, { slug }))
  for (const source of sources) await store.sources.create(source)
  for (let start = 0; start < count; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - start) }, (_, offset) => {
      const place = start + offset
      const { body, source, ...event } = eventAt(place, count)
      const bodySha256 = createHash('sha256').update(body).digest('hex')
      return world.append({
        event: {
          ...event,
          projectId: project.id,
          sourceId: sources[source]!.id,
          bodySha256,
          bodySizeBytes: body.length,
        },
        body,
        to: place % HELD_EVERY === 0 ? [endpoint] : [],
      })
    })
    await Promise.all(batch)
    if ((start / BATCH) % 50 === 49) say(`${(start + BATCH).toLocaleString('en')} events`)
  }
  await store.close()
  const db = new Database(path, { readonly: true })
  const index = openEventIndex(db, path)
  while (index.advance());
  index.close()
  db.close()
  say('indexed')
}
