import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { KEEP_ALL, type Retention } from '#shared/model/retention.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { findCutoff } from '#main/engine/retention/find-cutoff.ts'
import { giveBackSpace, sweep } from '#main/engine/retention/sweep.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { newSource, NOW } from '#test/conformance/store/records.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { tempDirectory } from '../temp-directory.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const EVERYTHING = { receivedAt: Number.MAX_SAFE_INTEGER, key: 0 }

async function open() {
  const path = join(tempDirectory(), 'hookloop.db')
  const store = openSqliteStore({ path, log: createFakeLog() })
  return { path, store, world: await createWorld(store) }
}

/** Time for a sweep: the wall stands where it is put, and pauses are as short as a turn. */
const at = (now: number) => ({
  ...systemClock,
  now: () => now,
  after: (_: number, task: () => void) => systemClock.after(0, task),
})

describe('What is deleted', () => {
  it('DA09 is gone from the file and from its log, byte for byte, and its space is given back', async () => {
    const { path, store, world } = await open()
    const source = newSource(world.project.id)
    await store.sources.create(source)
    const endpoint = await world.addEndpoint()
    const canary = (place: string) => `canary-${place}-0123456789abcdef`
    const { deliveries } = await world.addEvent({
      event: { headers: [['X-Canary', canary('header')]], path: `/in/${canary('path')}`, sourceId: source.id },
      body: Buffer.from(canary('body').repeat(100_000)),
      to: [endpoint],
      arrival: { verdict: null, message: { id: canary('message'), repeat: 'keep' } },
    })
    const [claimed] = await world.claim(endpoint.id)
    await world.conclude(claimed!, {
      delivery: { state: 'succeeded', dueAt: null },
      requestBody: Buffer.from(canary('sent')),
      attempt: {
        response: {
          status: 200,
          headers: [['X-Answer', canary('answer-header')]],
          body: Buffer.from(canary('answer')),
          truncated: false,
          remoteAddress: null,
        },
      },
    })
    const other = await world.addEvent({ body: Buffer.from('what stays') })
    const found = () => [path, `${path}-wal`].some((file) => readFileSync(file).includes('canary-'))
    expect(found()).toBe(true)
    await store.retention.emptyLog()
    const fullBytes = statSync(path).size
    expect(await store.retention.deleteEvent(deliveries[0]!.eventId)).toMatchObject({ events: 1, attempts: 1 })
    await giveBackSpace({ store: store.retention, clock: systemClock })
    expect(found()).toBe(false)
    expect(statSync(path).size).toBeLessThan(fullBytes - 2_000_000)
    expect(statSync(`${path}-wal`).size).toBe(0)
    expect(await store.events.body(other.event.id)).toEqual(new Uint8Array(Buffer.from('what stays')))
    await store.close()
  })

  it('DA09 leaves no row of a deleted project in any table, and nothing that points nowhere', async () => {
    const { path, store, world } = await open()
    const endpoint = await world.addEndpoint()
    await store.sources.create(newSource(world.project.id))
    for (let index = 0; index < 5; index++)
      await world.addEvent({ body: Buffer.from(`event ${index}`), to: [endpoint] })
    await store.retention.abandon({ projectId: world.project.id, now: NOW })
    await sweep(
      { store: store.retention, clock: systemClock },
      { projectId: world.project.id, before: EVERYTHING, undelivered: 'expire' },
    )
    await store.retention.deleteProject(world.project.id)
    await store.close()
    const db = new Database(path, { readonly: true })
    const tables = db.pragma('table_list') as { name: string; type: string; schema: string }[]
    // Those that belong to no project: what SQLite keeps, what the schema is, and up to where figures were counted.
    const ofNone = /^sqlite_|schema_|^figures_counted$/
    const rows = tables
      .filter(({ name, type, schema }) => type === 'table' && schema === 'main' && !ofNone.test(name))
      .map(({ name }) => [name, db.prepare(`SELECT count(*) FROM ${name}`).pluck().get()])
    expect(rows.filter(([, count]) => count !== 0)).toEqual([])
    expect(db.pragma('foreign_key_check')).toEqual([])
    db.close()
  })

  it('SEC-6 lets go by the schema itself of whatever points at an event, a delivery or an attempt', async () => {
    const { path, store } = await open()
    await store.close()
    const db = new Database(path, { readonly: true })
    const tables = (db.pragma('table_list') as { name: string; type: string }[]).filter(({ type }) => type === 'table')
    const held = tables.flatMap(({ name }) =>
      (db.pragma(`foreign_key_list(${name})`) as { table: string; from: string; on_delete: string }[])
        .filter(({ table, on_delete }) => /^(events|deliveries|attempts)$/.test(table) && on_delete === 'NO ACTION')
        .map(({ table, from }) => `${name}.${from} to ${table}`),
    )
    // What a sweep deletes itself, before what it hangs on.
    expect(held.toSorted()).toEqual(['attempts.delivery_key to deliveries', 'deliveries.event_key to events'])
    db.close()
  })
})

describe('A week of events', () => {
  const cases: [string, Partial<Retention>][] = [
    ['age', { ageDays: 1 }],
    ['size', { bytes: 1_000_000 }],
  ]
  it.each(cases)('EN29 stays in a file of the size that its rule by %s allows', async (_by, change) => {
    const { path, store, world } = await open()
    const { retention } = store
    const projectId = world.project.id
    const rule = { ...KEEP_ALL, ...change }
    const sizes: number[] = []
    let serial = 0
    for (let hour = 0; hour < 7 * 24; hour += 6) {
      const from = NOW + hour * HOUR
      await Promise.all(
        Array.from({ length: 120 }, (_, index) =>
          world.addEvent({
            event: { receivedAt: from + index * 180_000 },
            body: Buffer.alloc(2_000, `${(serial += 1)} `),
          }),
        ),
      )
      const now = from + 6 * HOUR
      const before = await findCutoff({ store: retention, clock: at(now) }, projectId, { rule, now })
      if (before) await sweep({ store: retention, clock: at(now) }, { projectId, before, undelivered: 'keep' })
      await giveBackSpace({ store: retention, clock: at(now) })
      sizes.push(statSync(path).size)
    }
    const left = await store.events.count(projectId)
    expect(left).toBeGreaterThan(400)
    expect(left).toBeLessThanOrEqual(500)
    expect(Math.max(...sizes.slice(8))).toBeLessThan(Math.max(...sizes.slice(0, 8)) * 1.15)
    expect(serial).toBe(7 * 4 * 120)
    await store.close()
  })
})

describe('The cutoff of a rule', () => {
  it('SEC-6 is the strictest of its limits, to the event', async () => {
    const { store, world } = await open()
    for (let index = 0; index < 10; index++) {
      await world.addEvent({ event: { receivedAt: NOW + index * 1_000, headers: [] }, body: new Uint8Array(998) })
    }
    const now = NOW + 8 * DAY + 3_500
    const left = async (change: Partial<Retention>) => {
      const rule = { ...KEEP_ALL, ...change }
      const before = await findCutoff({ store: store.retention, clock: at(now) }, world.project.id, { rule, now })
      if (before === null) return 10
      const step = { after: null, before, limit: 100, maxBytes: 1e9, seenUntil: now, now, dryRun: true } as const
      const { counts } = await store.retention.sweep({ projectId: world.project.id, undelivered: 'keep', ...step })
      return 10 - counts.events
    }
    expect(await left({})).toBe(10)
    expect(await left({ ageDays: 8 })).toBe(6)
    expect(await left({ events: 3 })).toBe(3)
    expect(await left({ events: 10 })).toBe(10)
    expect(await left({ bytes: 4_999 })).toBe(4)
    expect(await left({ bytes: 5_000 })).toBe(5)
    expect(await left({ ageDays: 8, events: 7, bytes: 3_000 })).toBe(3)
    // One that alone is more than may stay is still the newest.
    expect(await left({ bytes: 1 })).toBe(1)
    await store.close()
  })
})
