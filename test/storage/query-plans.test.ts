import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createConnection } from '#main/adapters/sqlite/connection.ts'
import { createDeliveryStore } from '#main/adapters/sqlite/deliveries/delivery-store.ts'
import { createEventStore } from '#main/adapters/sqlite/events/event-store.ts'
import { createWorkflowStore } from '#main/adapters/sqlite/workflows/workflow-store.ts'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { keepPlansSteady } from '#main/adapters/sqlite/steady-plans.ts'
import { createAuditStore } from '#main/adapters/sqlite/audit/audit-store.ts'
import { createAlertStore } from '#main/adapters/sqlite/alerts/alert-store.ts'
import { createDeadLetterStore } from '#main/adapters/sqlite/dead-letters/dead-letter-store.ts'
import { createOperationsStore } from '#main/adapters/sqlite/operations/operations-store.ts'
import { createFigureStore } from '#main/adapters/sqlite/stats/figure-store.ts'
import { createStatsStore } from '#main/adapters/sqlite/stats/stats-store.ts'
import { NEXT_EVENT } from '#main/adapters/sqlite/archive/write-archive.ts'
import { createLinkStore } from '#main/adapters/sqlite/links/link-store.ts'
import { createSubscriptionStore } from '#main/adapters/sqlite/subscriptions/subscription-store.ts'
import { createReplayStore } from '#main/adapters/sqlite/replays/replay-store.ts'
import { createRetentionStore } from '#main/adapters/sqlite/retention/retention-store.ts'
import type { AuditQuery } from '#main/engine/ports.ts'
import { EVERY_ENTRY } from '#test/support/every-entry.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { asks } from '#test/conformance/store/asks.ts'
import { ids, NOW } from '#test/conformance/store/records.ts'
import { tempDirectory } from './temp-directory.ts'

const projectId = ids.next('prj')
const log = createFakeLog()

/** Stores on an empty database that note each statement they run. */
function setUp() {
  const path = join(tempDirectory(), 'hookloop.db')
  openDatabase({ path, log }).close()
  let statements: string[] = []
  const connection = createConnection(
    keepPlansSteady(new Database(path, { verbose: (sql) => statements.push(String(sql)) })),
    log,
  )
  onTestFinished(() => connection.close())
  const planner = new Database(path, { readonly: true })
  onTestFinished(() => void planner.close())

  /** How SQLite goes about what `step` runs. */
  async function plan(step: () => Promise<unknown>): Promise<string> {
    statements = []
    await step()
    const queries = statements.filter((sql) => /^\s*(?:SELECT|UPDATE|DELETE)/.test(sql))
    const steps = queries.flatMap((sql) => planner.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all())
    return steps.map(({ detail }) => detail).join('\n')
  }

  /** A subscription that is there: nothing more is asked of one that is not. */
  function prepare() {
    const [id, sourceId, subscriptionId] = [ids.next('prj'), ids.next('src'), ids.next('sub')]
    connection.db.exec(`
      INSERT INTO projects (id, slug, name, time_scale, created_at, site_id) VALUES ('${id}', 'p', 'P', 1, 0, 'x');
      INSERT INTO sources (id, project_key, slug, name, answer, body_limit_bytes, created_at, ingest_key)
      VALUES ('${sourceId}', 1, 's', 'S', '{}', 1, 0, 'k');
      INSERT INTO subscriptions (id, project_key, source_key, name, is_group, created_by, created_at, position)
      VALUES ('${subscriptionId}', 1, 1, 'n', 0, 'tests', 0, 0)`)
    return { sourceId, subscriptionId }
  }

  return {
    plan,
    prepare,
    deliveries: createDeliveryStore(connection),
    events: createEventStore(connection),
    replays: createReplayStore(connection),
    workflows: createWorkflowStore(connection),
    operations: createOperationsStore(connection),
    stats: createStatsStore(connection),
    figures: createFigureStore(connection),
    deadLetters: createDeadLetterStore(connection),
    alerts: createAlertStore(connection),
    retention: createRetentionStore(connection),
    audit: createAuditStore(connection),
    subscriptions: createSubscriptionStore(connection),
    links: createLinkStore(connection),
  }
}

const page = { projectId, limit: 50, cursor: null }
const anyDelivery = { ...page, eventId: null, endpointId: null, replayId: null, states: [] }
const SORTED_OR_SCANNED = /TEMP B-TREE|SCAN (?!CONSTANT)(?!.*USING (?:COVERING )?INDEX)/

describe('Queries', () => {
  it('REL-2 REL-4 that serve subscribers read a source from a place on, by its index', async () => {
    const { plan, subscriptions, links, prepare } = setUp()
    const { subscriptionId, sourceId } = prepare()
    const order = { subscriptionId, holder: 'one', now: NOW, limit: 10, scan: 100, takes: () => true }
    const taking = await plan(() => subscriptions.take(order))
    expect(taking).toContain('events_in_source (source_key=? AND rowid>?)')
    expect(taking).not.toMatch(SORTED_OR_SCANNED)
    const standing = await plan(() => subscriptions.standing(subscriptionId, 100))
    expect(standing).toContain('events_in_source (source_key=? AND rowid>?)')
    expect(standing).not.toMatch(/TEMP B-TREE|SCAN (?:events|subscription)/)
    expect(await plan(() => links.unreported(sourceId, 10))).toContain('relayed_events_unreported (source_key=?)')
  })

  it('OPS-1 OPS-2 OPS-6 that operate an endpoint read its own attempts, and the latest events, by their indexes', async () => {
    const { plan, operations } = setUp()
    const endpointId = ids.next('end')
    for (const step of [
      () => operations.log({ endpointId, limit: 50, offset: 0 }),
      () => operations.lastSent(endpointId),
      () => operations.countFlagged(endpointId),
    ]) {
      const reading = await plan(step)
      expect(reading).toContain('attempts_by_endpoint (endpoint_key=?')
      expect(reading).not.toMatch(SORTED_OR_SCANNED)
    }
    const suppression = await plan(() =>
      operations.suppression({ projectId, endpointId, since: NOW, most: 10, without: [] }),
    )
    expect(suppression).toContain('events_newest (project_key=? AND received_at>?)')
    expect(suppression).toContain('deliveries_once (event_key=?')
  })

  it('EN13 that claim work read only what is due, by its index, however much waits', async () => {
    const { plan, deliveries } = setUp()
    const step = {
      owner: 'r',
      now: NOW,
      lanes: [{ lane: ids.next('end'), limit: 5 }],
      nextAttemptId: () => ids.next('att'),
    }
    const claiming = await plan(() => deliveries.claimDue(step))
    expect(claiming).toContain('SEARCH deliveries USING COVERING INDEX deliveries_due (endpoint_key=? AND due_at<?)')
    expect(claiming).not.toMatch(SORTED_OR_SCANNED)
    expect(await plan(() => deliveries.recover({ owner: 'r', now: NOW }))).toContain(
      'deliveries_by_state (project_key=? AND state=?)',
    )
  })

  it.each([
    ['all', {}, 'events_newest (project_key=?'],
    ['of a source', { sourceId: ids.next('src') }, 'events_by_source (source_key=?'],
    ['of a type', { type: 'order.created' }, 'events_by_type (project_key=? AND type=?'],
    ['of a type prefix', { type: 'order.*' }, 'events_newest (project_key=?'],
    ['that are partial', { capture: 'partial' as const }, 'events_not_complete (project_key=? AND capture=?'],
    ['that are invalid', { verdict: 'invalid' as const }, 'verdicts_by_verdict (project_key=? AND verdict=?'],
    ['of an hour', { since: NOW, until: NOW + 1 }, 'events_newest (project_key=? AND received_at'],
    ['with a text', { text: 'needle' }, 'events_newest (project_key=?'],
  ])('EN14 that list events %s follow an index in order, however many there are', async (_what, query, index) => {
    const { plan, events } = setUp()
    const listing = await plan(() => events.list({ ...page, filter: asks(query) }))
    expect(listing).toContain(index)
    expect(listing).not.toContain('TEMP B-TREE')
  })

  it.each([
    ['all', {}, 'deliveries_by_state (project_key=? AND state=?'],
    ['of an endpoint', { endpointId: ids.next('end') }, 'deliveries_by_endpoint (endpoint_key=? AND state=?'],
    ['of a replay', { replayId: ids.next('rpl') }, 'deliveries_by_replay (replay_key=? AND state=?'],
  ])('EN14 that list deliveries %s follow an index in order, however many there are', async (_what, query, index) => {
    const { plan, deliveries } = setUp()
    const listing = await plan(() => deliveries.list({ ...anyDelivery, ...query }))
    expect(listing).toContain(index)
    expect(listing).not.toMatch(SORTED_OR_SCANNED)
  })

  it('CAP-9 that tell what came by a source follow its index in order, however much did', async () => {
    const { plan, events } = setUp()
    const sightings = await plan(() => events.sightings({ sourceId: ids.next('src'), since: 0, until: NOW, ...page }))
    expect(sightings).toContain('events_by_source (source_key=? AND received_at')
    expect(sightings).not.toMatch(SORTED_OR_SCANNED)
  })

  it('CRL-2 that read runs of workflows follow their indexes, however many runs there were', async () => {
    const { plan, workflows } = setUp()
    const listing = await plan(() => workflows.runs({ workflowId: ids.next('wfl'), limit: 50, cursor: null }))
    expect(listing).toContain('workflow_runs_newest (workflow_key=? AND started_at')
    expect(listing).not.toMatch(SORTED_OR_SCANNED)
    expect(await plan(() => workflows.openRuns())).toContain('USING INDEX workflow_runs_open')
    expect(await plan(() => workflows.latestRuns(projectId))).not.toMatch(SORTED_OR_SCANNED)
    expect(await plan(() => workflows.run(ids.next('run')))).not.toMatch(SORTED_OR_SCANNED)
  })

  it('CRL-3 that count what an endpoint did lately read the end of two indexes and nothing else', async () => {
    const { plan, stats } = setUp()
    const query = { endpointId: ids.next('end'), since: NOW }
    const ended = 'COVERING INDEX deliveries_ended (endpoint_key=? AND updated_at>?)'
    const attempts = 'COVERING INDEX attempts_by_endpoint (endpoint_key=? AND finished_at>?)'
    const aside = 'INDEX deliveries_aside (endpoint_key=? AND purpose=? AND state=? AND updated_at>?)'
    for (const [reading, all] of [
      [await plan(() => stats.ended(query)), ended],
      [await plan(() => stats.attempts(query)), attempts],
    ] as const) {
      expect(reading).toContain(all)
      expect(reading).toContain(aside)
      expect(reading).not.toMatch(/SCAN (?!CONSTANT|json_each)(?!d$)/m)
    }
    expect(await plan(() => stats.answerTimes({ ...query, limit: 100 }))).toContain(attempts)
    const counting = await plan(() => stats.counts({ endpointIds: [query.endpointId], since: NOW }))
    expect(counting).toContain(ended)
    expect(counting).toContain(attempts)
    expect(counting).toContain('COVERING INDEX deliveries_by_endpoint (endpoint_key=? AND state=?)')
    expect(counting).toContain('INDEX deliveries_aside (endpoint_key=?')
    expect(counting).not.toMatch(/SCAN (?!CONSTANT)/)
  })

  it.each([
    ['all', {}],
    ['of an endpoint', { endpointId: ids.next('end') }],
    ['of a reason', { failure: 'timed_out' as const }],
  ])('CRL-3 that list and count dead letters %s read no other delivery', async (_what, change) => {
    const { plan, deadLetters } = setUp()
    const any = { endpointId: null, failure: null, failedSince: null, failedUntil: null }
    const listing = await plan(() => deadLetters.list({ ...page, ...any, ...change }))
    expect(listing).toContain('INDEX dead_letters_in_order (project_key=? AND rowid<?)')
    expect(listing).not.toMatch(SORTED_OR_SCANNED)
    const grouping = await plan(() => deadLetters.groups({ projectId, ...any, ...change }))
    expect(grouping).toContain('COVERING INDEX dead_letters (project_key=?')
    expect(grouping).not.toMatch(SORTED_OR_SCANNED)
  })

  it('CRL-3 that list alerts and find the open one of a rule follow an index in order', async () => {
    const { plan, alerts } = setUp()
    const ruleId = ids.next('alr')
    const query = { ...page, ruleId: null, openOnly: false }
    expect(await plan(() => alerts.alerts(query))).toContain('alerts_newest (project_key=?')
    expect(await plan(() => alerts.alerts({ ...query, ruleId }))).toContain('alerts_of_rule (rule_id=?')
    for (const asked of [query, { ...query, ruleId }, { ...query, openOnly: true }])
      expect(await plan(() => alerts.alerts(asked))).not.toMatch(SORTED_OR_SCANNED)
    expect(await plan(() => alerts.openAlert(ruleId))).toContain('alerts_open (rule_id=?)')
  })

  it('DA10 that export events go from key to key, and neither sort nor look through those of another project', async () => {
    const path = join(tempDirectory(), 'hookloop.db')
    openDatabase({ path, log }).close()
    const db = new Database(path, { readonly: true })
    onTestFinished(() => void db.close())
    const steps = db.prepare<object, { detail: string }>(`EXPLAIN QUERY PLAN ${NEXT_EVENT}`)
    const plan = steps.all({ projectKey: 1, after: 0 }).map(({ detail }) => detail)
    expect(plan).toContain('SEARCH e USING INTEGER PRIMARY KEY (rowid>?)')
    expect(plan.join('\n')).not.toMatch(SORTED_OR_SCANNED)
  })

  it('SEC-6 that forget what ended long ago find it by project', async () => {
    const { plan, retention } = setUp()
    const forgetting = await plan(() => retention.forgetHistory({ projectId, endedBefore: NOW, limit: 50 }))
    expect(forgetting).toContain('alerts_newest (project_key=? AND raised_at<?)')
    expect(forgetting).toContain('bulk_retries_newest (project_key=? AND created_at<?)')
  })

  it('SEC-5 that narrow the audit log read it by an index, and a span of time between two numbers', async () => {
    const { plan, audit } = setUp()
    const narrowed = (change: Partial<AuditQuery>) => plan(() => audit.list({ ...EVERY_ENTRY, ...change }))
    expect(await narrowed({ outcome: 'refused' })).toContain('audit_by_outcome (outcome=? AND number<?)')
    const span = await narrowed({ since: NOW, until: NOW + 1 })
    expect(span).toContain('COVERING INDEX audit_by_time (at>?)')
    expect(span).toContain('COVERING INDEX audit_by_time (at<?)')
    expect(span).toContain('INTEGER PRIMARY KEY (rowid>? AND rowid<?)')
    for (const change of [{}, { outcome: 'done' as const }, { since: NOW }, { action: 'endpoint.delete' }])
      expect(await narrowed(change)).not.toMatch(SORTED_OR_SCANNED)
  })

  it('that add up figures read the rows of their time, however many attempts there are', async () => {
    const { plan, figures } = setUp()
    const window = { projectId, span: 'hour', since: NOW - 86_400_000, until: NOW } as const
    for (const step of [() => figures.rows(window), () => figures.endpoints(window)]) {
      expect(await plan(step)).toContain('USING PRIMARY KEY (project_key=? AND span_ms=? AND at>? AND at<?)')
    }
    expect(await plan(() => figures.forget({ minutesBefore: NOW, hoursBefore: NOW }))).not.toMatch(/SCAN (?!projects)/)
    expect(await plan(() => figures.count({ limit: 10, minutesSince: NOW }))).toContain('SEARCH attempts')
  })

  it('that read the deliveries and attempts of one thing search for them', async () => {
    const { plan, deliveries, replays } = setUp()
    const eventId = ids.next('evt')
    expect(await plan(() => deliveries.list({ ...anyDelivery, eventId }))).toContain('deliveries_once (event_key=?')
    expect(await plan(() => deliveries.attempts(ids.next('dlv')))).not.toMatch(SORTED_OR_SCANNED)
    expect(await plan(() => replays.list(page))).not.toMatch(SORTED_OR_SCANNED)
    const troubles = await plan(() => replays.troubles({ endpointId: ids.next('end'), limit: 10 }))
    expect(troubles).toContain('deliveries_by_endpoint (endpoint_key=? AND state=?)')
    expect(troubles).toContain('deliveries_once (event_key=?)')
    expect(troubles).not.toMatch(SORTED_OR_SCANNED)
    // Kept as they change: nothing is counted when it is asked.
    expect(await plan(() => deliveries.countByState(projectId))).toContain('project_counts USING PRIMARY KEY')
  })
})
