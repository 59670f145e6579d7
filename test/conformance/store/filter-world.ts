import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import type { Delivery } from '#shared/model/delivery.ts'
import type { TestedDelivery, TestedEvent } from '#shared/model/filter/meaning/event-passes.ts'
import { createConnection } from '#main/adapters/sqlite/connection.ts'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { openEventIndex } from '#main/adapters/sqlite/search/index/open-event-index.ts'
import { createLocalSearcher } from '#main/adapters/sqlite/search/searcher.ts'
import { createSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import type { Store } from '#main/engine/ports.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'
import { tempDirectory } from '#test/storage/temp-directory.ts'
import { newSource, NOW } from './records.ts'
import { createWorld, type World } from './world.ts'

/** What is known of an event beside the store. */
export type Kept = Omit<TestedEvent, 'deliveries'> & { deliveries: readonly (TestedDelivery & Pick<Delivery, 'id'>)[] }

export interface FilterWorld {
  /** By the index and, where that tells nothing of it yet, without. */
  indexed: Store
  /** The same database, by looking at every event. */
  plain: Store
  projectId: World['project']['id']
  sourceIds: readonly NonNullable<Kept['event']['sourceId']>[]
  endpointIds: readonly NonNullable<Delivery['endpointId']>[]
  kept: readonly Kept[]
}

const random = createSeededRandom(11)
const pick = <T>(values: readonly T[]): T => values[Math.floor(random.fraction() * values.length)]!

export const TYPES = ['audit', 'audit.done', 'audit.page.done', 'audits.done', 'order.created', 'Order.Created']
export const WORDS = [
  'needle',
  'NEEDLE',
  'hay',
  'ab',
  'grün',
  '订单',
  'a"b\\c',
  '100%',
  'x y',
  '42',
  'null',
  '2026-03-01',
  '2026-03-01T10:00Z',
  '2025-11-30x',
]
const KEYS = ['id', 'a b', 'deep', '@x']
export const STATUSES = [200, 204, 404, 500, 503]

function value(depth: number): unknown {
  if (depth === 0 || random.fraction() < 0.5) return pick([...WORDS, 42, 42.5, -1, 1e21, true, null, ''])
  if (random.fraction() < 0.3) return [value(depth - 1), value(depth - 1)]
  return Object.fromEntries([pick(KEYS), pick(KEYS)].map((key) => [key, value(depth - 1)]))
}

function body(): { bytes: Uint8Array; contentType: string | null } {
  const json =
    random.fraction() < 0.1
      ? { deep: Array.from({ length: 70 }, (_, index) => ({ index, word: pick(WORDS) })) }
      : value(3)
  const written = JSON.stringify(json)
  const texts = [
    written,
    JSON.stringify(json, null, 2),
    written.replaceAll('ü', '\\u00fc'),
    `a=${encodeURIComponent(pick(WORDS))}&b=+`,
  ]
  const text = pick([...texts, ...texts, 'no json {', ''])
  const isForm = text.startsWith('a=')
  return {
    bytes: new TextEncoder().encode(text),
    contentType: pick([isForm ? 'application/x-www-form-urlencoded' : 'application/json', null]),
  }
}

/** A database whose events came in another order than they were received; some deleted, some failed. */
export async function openFilterWorld(): Promise<FilterWorld> {
  const path = join(tempDirectory(), 'hookloop.db')
  const log = createFakeLog()
  const db = openDatabase({ path, log })
  const index = openEventIndex(db, path)
  const store = createSqliteStore(createConnection(db, log, { searcher: createLocalSearcher(db, index) }))
  onTestFinished(() => index.close())
  onTestFinished(() => store.close())
  const plain = createSqliteStore(createConnection(new Database(path), log))
  onTestFinished(() => plain.close())
  const world = await createWorld(store)
  const other = await world.addProject()
  const sources = [newSource(world.project.id), newSource(world.project.id, { slug: 'other' })]
  for (const source of sources) await store.sources.create(source, [])
  const endpoints = [await world.addEndpoint(), await world.addEndpoint()]
  const kept = new Map<string, Kept>()

  async function add(): Promise<void> {
    const { bytes, contentType } = body()
    const verdict = pick([null, 'valid', 'invalid'] as const)
    const event = {
      projectId: random.fraction() < 0.05 ? other.id : world.project.id,
      sourceId: pick([null, ...sources.map(({ id }) => id)]),
      type: pick(TYPES),
      provider: pick([null, 'stripe', 'github']),
      origin: pick(['captured', 'composed'] as const),
      capture: pick(['complete', 'complete', 'partial'] as const),
      receivedAt: NOW + Math.floor(random.fraction() * 40) + (random.fraction() < 0.1 ? -1_000 : 0),
      path: `/in/inbox/${pick(WORDS)}`,
      query: pick([null, 'x=needle']),
      editedFrom: pick([null, [...kept.values()].at(-1)?.event.id ?? null]),
      headers: [[pick(['X-Topic', 'x-topic', 'Etag']), pick(WORDS.slice(0, 4))]] as [string, string][],
      contentType,
    }
    const findings = { verdict: verdict && { verdict, reason: null, provider: 'stripe' }, message: null }
    const to = event.projectId === other.id ? [] : endpoints.filter(() => random.fraction() < 0.6)
    // Never older than its event, and often younger than later ones.
    const delivery = { createdAt: event.receivedAt + Math.floor(random.fraction() * 40) }
    const added = await world.addEvent({ event, body: bytes, arrival: findings, to, delivery })
    kept.set(added.event.id, {
      event: added.event,
      body: bytes,
      findings: { verdict: findings.verdict, messageId: null, duplicateOf: null, repeats: 0, isRead: false },
      deliveries: added.deliveries.map((each) => ({ ...each, statuses: [] })),
    })
  }

  async function deliver(): Promise<void> {
    const statuses = new Map<string, number[]>()
    for (const { id } of endpoints) {
      for (const claimed of await world.claim(id, { limit: 60 })) {
        const status = pick(STATUSES)
        const [state, lastFailure] =
          status < 300 ? (['succeeded', null] as const) : (['failed', pick(['server_error', 'gone'] as const)] as const)
        const response = { status, headers: [], body: new Uint8Array(), truncated: false, remoteAddress: null }
        await world.conclude(claimed, {
          attempt: { response },
          delivery: { state, dueAt: null, lastStatus: status, lastFailure },
        })
        statuses.set(claimed.delivery.id, [status])
      }
    }
    for (const tested of kept.values()) {
      const stored = await Promise.all(tested.deliveries.map(({ id }) => world.delivery(id)))
      tested.deliveries = stored.map((each) => ({ ...each, statuses: statuses.get(each.id) ?? [] }))
    }
  }

  async function remove(id: string): Promise<void> {
    const { key } = db.prepare<[string], { key: number }>('SELECT key FROM events WHERE id = ?').get(id)!
    await store.retention.deleteEvent(kept.get(id)!.event.id)
    index.noteRemoved([key])
    kept.delete(id)
  }

  await Promise.all(Array.from({ length: 250 }, add))
  await deliver()
  while (index.advance()) continue
  for (const id of [...kept.keys()].filter((_, place) => place % 20 === 19)) await remove(id)
  // The newest ones' keys are given again.
  await Promise.all(Array.from({ length: 40 }, add))
  return {
    indexed: store,
    plain,
    projectId: world.project.id,
    sourceIds: sources.map(({ id }) => id),
    endpointIds: endpoints.map(({ id }) => id),
    kept: [...kept.values()],
  }
}
