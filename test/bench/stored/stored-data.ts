// A relay's data with millions of attempts on record, made of two that a relay really made.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import type { Api } from '#main/cli/connection.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { settled } from '#test/faults/settled.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { silentLog } from '#test/support/silent-log.ts'
import type { Kept } from '../kept-data.ts'
import { SOURCES } from '../million/events.ts'
import { appendEvents, indexEvents, stopwatch } from '../million/fill.ts'
import { copiesSql, idSql } from './multiply.ts'

const ENDPOINTS = 5
/** All but the last of a delivery's were answered 500. */
const TRIES = 5
const TRY_MS = 5_000
const HISTORY = 'History'
const TEMPLATE_TYPE = 'bench.template'
const ATTEMPT_BYTES = 1_900
/** So many events' deliveries and attempts are stored by one step. */
const STEP_EVENTS = 10_000
/** So many attempts are counted for the charts by one step, as the relay does in the background. */
const COUNTED = 20_000

/** Data of a relay with so many attempts: of 5 deliveries of an event, each tried 5 times. */
export function attemptsData(attempts: number): Kept {
  const events = attempts / ENDPOINTS / TRIES
  return {
    name: `attempts-${attempts}`,
    edition: 1,
    bytes: attempts * ATTEMPT_BYTES,
    make: (data) => make(data, events),
  }
}

/** The id of an endpoint with deliveries on record, which from now on go to `url`. */
export async function historyEndpoint(api: Api, url: string): Promise<string> {
  const { items } = await api.endpoints.list({})
  const { id } = items.find(({ name }) => name.startsWith(HISTORY))!
  await api.endpoints.update({ id, url })
  return id
}

async function make(data: string, events: number): Promise<void> {
  const path = join(data, 'hookloop.db')
  await deliverTemplates(data)
  const store = openSqliteStore({ path, log: silentLog })
  const world = await createWorld(store)
  const project = (await store.projects.list()).find(({ slug }) => slug === 'default')!
  const inbox = (await store.sources.list()).find(({ projectId }) => projectId === project.id)!
  const sourceIds = SOURCES.map(() => inbox.id)
  await appendEvents(world, { count: events, projectId: project.id, sourceIds })
  await store.close()
  indexEvents(path)
  multiply(path)
  await countFigures(path)
}

/** Has a relay deliver one event, to endpoints that answer 200 and to one that answers 500. */
async function deliverTemplates(data: string): Promise<void> {
  const receiver = createServer((request, response) => {
    request.resume().once('end', () => {
      response.statusCode = request.url === '/works' ? 200 : 500
      response.end('ok')
    })
  })
  const origin = await listening(receiver)
  const relay = await startRelay(data)
  const endpoint = (name: string, path: string, policy: object): Promise<unknown> =>
    relay.call('POST', '/endpoints', { name, url: origin + path, eventTypes: [TEMPLATE_TYPE], policy })
  for (let number = 1; number <= ENDPOINTS; number++)
    await endpoint(`${HISTORY} ${number}`, '/works', { preset: 'standard', concurrency: 64 })
  await endpoint('Failing', '/fails', {
    preset: 'standard',
    schedule: { kind: 'list', waitsMs: [], repeat: null, jitter: 0 },
  })
  await relay.call('POST', '/events', { type: TEMPLATE_TYPE, data: { text: 'x'.repeat(900) } })
  await settled(relay)
  await relay.stop()
  receiver.closeAllConnections()
  receiver.close()
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Stores deliveries of every event, and attempts of each, as copies of those that the relay made: they sent its stored body. */
function multiply(path: string): void {
  const say = stopwatch()
  const db = new Database(path)
  // Nobody else reads it yet, and a half of it is of no use: what makes writing safe only makes it slow here.
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -1000000')
  const templates = templatesOf(db)
  const [deliver, attempt] = statements(db, templates)
  const [first, last] = db
    .prepare<[number], { first: number; last: number }>(
      'SELECT min(key) AS first, max(key) AS last FROM events WHERE key > ?',
    )
    .all(templates.eventKey)
    .map(({ first, last }) => [first, last] as const)[0]!
  for (let from = first; from <= last; from += STEP_EVENTS) {
    const range = { from, below: Math.min(from + STEP_EVENTS, last + 1), ...templates }
    db.transaction(() => {
      deliver.run(range)
      attempt.run(range)
    })()
    if ((from - first) % (STEP_EVENTS * 5) === 0)
      say(`${((from - first) * ENDPOINTS * TRIES).toLocaleString('en')} attempts`)
  }
  db.pragma('journal_mode = WAL')
  db.close()
  say('attempts stored')
}

interface Templates {
  eventKey: number
  deliveryKey: number
  succeededKey: number
  failedKey: number
}

function templatesOf(db: Database.Database): Templates {
  const of = (outcome: string): { key: number; delivery: number; event: number } =>
    db
      .prepare<[string], { key: number; delivery: number; event: number }>(
        `SELECT a.key, d.key AS delivery, d.event_key AS event
         FROM attempts a JOIN deliveries d ON d.key = a.delivery_key WHERE a.outcome = ? ORDER BY a.key LIMIT 1`,
      )
      .get(outcome)!
  const succeeded = of('succeeded')
  return {
    eventKey: succeeded.event,
    deliveryKey: succeeded.delivery,
    succeededKey: succeeded.key,
    failedKey: of('failed').key,
  }
}

type Range = Templates & { from: number; below: number }

function statements(db: Database.Database, { eventKey }: Templates) {
  const number = `(e.key * ${ENDPOINTS} + n.value)`
  const deliveries = copiesSql(
    db,
    'deliveries',
    {
      id: idSql('dlv', number),
      event_key: 'e.key',
      endpoint_key: 'n.endpoint',
      tries: `${TRIES}`,
      attempts: `${TRIES}`,
      created_at: 'e.received_at',
      updated_at: `e.received_at + ${TRIES * TRY_MS}`,
    },
    `events e CROSS JOIN history n CROSS JOIN deliveries t
     WHERE e.key >= @from AND e.key < @below AND t.key = @deliveryKey ORDER BY e.key, n.value`,
  )
  const tried = `(e.received_at + n.value * ${TRY_MS})`
  const attempts = copiesSql(
    db,
    'attempts',
    {
      id: idSql('att', `d.key * ${TRIES} + n.value`),
      delivery_key: 'd.key',
      endpoint_key: 'd.endpoint_key',
      number: 'n.value',
      started_at: tried,
      finished_at: `${tried} + 40`,
      next_attempt_at: `CASE WHEN n.value < ${TRIES} THEN ${tried} + ${TRY_MS} END`,
    },
    `events e CROSS JOIN deliveries d ON d.event_key = e.key
     CROSS JOIN (WITH RECURSIVE tries (value) AS (VALUES (1) UNION ALL SELECT value + 1 FROM tries LIMIT ${TRIES}) SELECT * FROM tries) n
     CROSS JOIN attempts t ON t.key = CASE n.value WHEN ${TRIES} THEN @succeededKey ELSE @failedKey END
     WHERE e.key >= @from AND e.key < @below ORDER BY d.key, n.value`,
  )
  db.exec('CREATE TEMP TABLE history (value INTEGER PRIMARY KEY, endpoint INTEGER NOT NULL)')
  db.prepare<[number]>(
    `INSERT INTO history (endpoint) SELECT d.endpoint_key FROM deliveries d
     WHERE d.event_key = ? AND d.state = 'succeeded' ORDER BY d.endpoint_key`,
  ).run(eventKey)
  return [db.prepare<Range>(deliveries), db.prepare<Range>(attempts)] as const
}

/** A relay that starts on this would count for minutes first. */
async function countFigures(path: string): Promise<void> {
  const say = stopwatch()
  const store = openSqliteStore({ path, log: silentLog })
  while ((await store.figures.count({ limit: COUNTED, minutesSince: Date.now() })) > 0);
  await store.close()
  say('counted')
}
