import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import type { DeliveryTest } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { EventTest } from '#shared/model/filter/meaning/event-filter.ts'
import { createConnection } from '#main/adapters/sqlite/connection.ts'
import { createEventStore } from '#main/adapters/sqlite/events/event-store.ts'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { FIND_EVENTS } from '#main/adapters/sqlite/search/index/event-index.ts'
import { eventSql } from '#main/adapters/sqlite/search/finding/column-sql.ts'
import { indexFile, openIndexFile } from '#main/adapters/sqlite/search/index/index-file.ts'
import { steady } from '#main/adapters/sqlite/steady-plans.ts'
import { ids } from '#test/conformance/store/records.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const projectId = ids.next('prj')
const negated = false
const delivery = (test: DeliveryTest): EventTest => ({ kind: 'delivery', negated, filter: [test] })

/** How SQLite goes about each statement that a list with this filter runs. */
async function planOf(filter: EventTest): Promise<string> {
  const path = join(tempDirectory(), 'hookloop.db')
  const log = createFakeLog()
  openDatabase({ path, log }).close()
  const statements: string[] = []
  const connection = createConnection(new Database(path, { verbose: (sql) => statements.push(String(sql)) }), log)
  onTestFinished(() => connection.close())
  const events = createEventStore(connection)
  statements.length = 0
  await events.list({ projectId, filter: [filter], limit: 50, cursor: null })
  const planner = new Database(path, { readonly: true })
  const steps = statements
    .filter((sql) => /^\s*SELECT/.test(sql))
    .flatMap((sql) => planner.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all())
  planner.close()
  return steps.map(({ detail }) => detail).join('\n')
}

const EVENTS_SCANNED = /SCAN (?:e|d|a|events|deliveries|attempts)\b/

it.each<[string, EventTest, string]>([
  ['by id', { kind: 'event', eventIds: [ids.next('evt')], negated }, 'sqlite_autoindex_events_1 (id=?)'],
  ['by what they were made of', { kind: 'edited', eventIds: [ids.next('evt')], negated }, 'events_edited'],
  [
    'by a state',
    delivery({ kind: 'state', states: ['held'], negated }),
    'deliveries_by_state (project_key=? AND state=?)',
  ],
  [
    'by a reason',
    delivery({ kind: 'reason', reasons: ['timed_out'], negated }),
    'deliveries_by_failure (project_key=?',
  ],
  ['by an endpoint', delivery({ kind: 'endpoint', endpointIds: [ids.next('end')], negated }), 'deliveries_by_endpoint'],
  [
    'by an answer',
    delivery({ kind: 'status', statuses: [{ from: 500, to: 599 }], negated }),
    'attempts_by_status (project_key=?',
  ],
])('RPL-4 EN14 events that are found %s are read by an index, and no other', async (_what, filter, index) => {
  const plan = await planOf(filter)
  expect(plan).toContain(index)
  expect(plan).not.toMatch(EVENTS_SCANNED)
  expect(plan).not.toContain('TEMP B-TREE FOR ORDER BY')
})

it.each<[string, DeliveryTest]>([
  ['an endpoint', { kind: 'endpoint', endpointIds: [ids.next('end')], negated }],
  ['a replay', { kind: 'replay', replayIds: [ids.next('rpl')], negated }],
  ['a state', { kind: 'state', states: ['held'], negated }],
])('RPL-4 EN14 an event that may fit is asked for its own deliveries, not %s for all that it has', (_what, test) => {
  const db = openDatabase({ path: join(tempDirectory(), 'hookloop.db'), log: createFakeLog() })
  onTestFinished(() => void db.close())
  const { text, values } = eventSql({ kind: 'delivery', negated, filter: [test] })
  const plan = db
    .prepare<unknown[], { detail: string }>(steady(`EXPLAIN QUERY PLAN SELECT 1 FROM events e WHERE ${text}`))
    .all(...values)
    .map(({ detail }) => detail)
  expect(plan).toContainEqual(expect.stringMatching(/^SEARCH d (?:EXISTS )?USING INDEX deliveries_once \(event_key=\?/))
})

it('RPL-4 EN14 the index is read from the newest on, as far as is asked for, and sorts nothing', () => {
  const path = join(tempDirectory(), 'hookloop.db')
  const index = openIndexFile(indexFile(path))
  onTestFinished(() => void index.close())
  const plan = index
    .prepare<object, { detail: string }>(`EXPLAIN QUERY PLAN ${FIND_EVENTS}`)
    .all({ match: '"a"', below: 9, from: 0, limit: 1 })
    .map(({ detail }) => detail)
  // The match and both bounds of the key are FTS5's own work: `M` and `<>` in its plan.
  expect(plan).toEqual([expect.stringMatching(/^SCAN terms VIRTUAL TABLE INDEX \d+:\S*M/)])
})
