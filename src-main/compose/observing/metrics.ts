import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { ConnectionCounts } from '../../capture-server/connections/connection-tally.ts'
import type { Engine } from '../../engine/engine.ts'
import type { StorageFiles, Transport, TransportResult } from '../../engine/ports.ts'

/** In seconds: from a local answer to the longest deadline that is usual. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
/** The library calls these gauges totals, which Prometheus' own check refuses. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']
const STATES = ['scheduled', 'delivering', 'succeeded', 'failed', 'held', 'canceled', 'simulated'] as const
const LINK_STATES = ['off', 'connecting', 'live', 'stalled', 'waiting', 'refused'] as const
const SUBSCRIPTION_STATES = ['live', 'stalled', 'away'] as const

export interface Exposition {
  contentType: string
  text: string
}

/** Figures of one process for Prometheus. No label takes a value that a user or a sender makes up. */
export interface Metrics {
  /** The same transport, whose sends are counted. */
  counted(transport: Transport): Transport
  /** Counts what the engine tells, and asks it for the rest at each look. */
  watch(engine: Engine, around: { files: Pick<StorageFiles, 'sizes'>; dropped: Readonly<ConnectionCounts> }): void
  expose(): Promise<Exposition>
}

export function createMetrics(version: string): Metrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry })
  for (const name of MISNAMED) registry.removeSingleMetric(name)
  new Gauge({ name: 'hookloop_build_info', help: 'The version that runs.', labelNames: ['version'], registers })
    .labels(version)
    .set(1)
  const captured = new Counter({
    name: 'hookloop_events_total',
    help: 'Events that were stored since the start, by how they came and how whole they are.',
    labelNames: ['origin', 'capture'],
    registers,
  })
  const ended = new Counter({
    name: 'hookloop_deliveries_ended_total',
    help: 'Deliveries that came to an end since the start, by that end.',
    labelNames: ['state'],
    registers,
  })
  const attempts = new Histogram({
    name: 'hookloop_attempt_duration_seconds',
    help: 'How long requests of deliveries took, by what came of them.',
    labelNames: ['result'],
    buckets: BUCKETS,
    registers,
  })

  const took = new Map<string, { observe(seconds: number): void }>()

  return {
    counted: (transport) => ({
      async send(request, signal) {
        const result = await transport.send(request, signal)
        const name = resultOf(result)
        const times = took.get(name) ?? attempts.labels(name)
        took.set(name, times)
        times.observe(result.timings.totalMs / 1_000)
        return result
      },
      close: () => transport.close(),
    }),

    watch(engine, { files, dropped }) {
      const complete = captured.labels('captured', 'complete')
      engine.changes.subscribe((change) => {
        if (change.type === 'event.captured') {
          const { origin, capture } = change.event
          // The one that nearly all are is not looked up by its labels each time.
          if (origin === 'captured' && capture === 'complete') complete.inc()
          else captured.labels(origin, capture).inc()
        }
        if (change.type !== 'delivery.changed') return
        const { state } = change.delivery
        if (state === 'succeeded' || state === 'failed' || state === 'canceled') ended.labels(state).inc()
      })
      watchStanding(engine, registers)
      watchLinks(engine, registers)
      watchMachine({ files, dropped }, registers)
    },

    async expose() {
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

/** A class of statuses, or the stage at which it failed. */
function resultOf({ response, failure }: TransportResult): string {
  if (failure) return `failed_${failure.phase}`
  return response ? `${Math.floor(response.status / 100)}xx` : 'none'
}

function watchStanding(engine: Engine, registers: Registry[]): void {
  new Gauge({
    name: 'hookloop_deliveries',
    help: 'Deliveries that are kept, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await Promise.all(engine.projects.list().map(({ id }) => engine.deliveries.countByState(id)))
      for (const state of STATES) this.labels(state).set(counts.reduce((sum, count) => sum + count[state], 0))
    },
  })
  new Gauge({
    name: 'hookloop_endpoints',
    help: 'Endpoints, by whether they are delivered to.',
    labelNames: ['state'],
    registers,
    collect() {
      const all = engine.projects.list().flatMap(({ id }) => engine.endpoints.list(id))
      for (const state of ['active', 'paused'] as const) {
        this.labels(state).set(all.filter((endpoint) => endpoint.state === state).length)
      }
    },
  })
}

function watchLinks(engine: Engine, registers: Registry[]): void {
  const subscriptions = () =>
    Promise.all(engine.projects.list().map(({ id }) => engine.subscriptions.list(id))).then((lists) => lists.flat())
  new Gauge({
    name: 'hookloop_subscriptions_lag_events',
    help: 'Events that a subscriber did not acknowledge yet: of the one that is furthest behind.',
    registers,
    async collect() {
      this.set(Math.max(0, ...(await subscriptions()).map((each) => each.lag.events)))
    },
  })
  new Gauge({
    name: 'hookloop_subscriptions',
    help: 'Subscriptions of other machines, by how their connection stands.',
    labelNames: ['state'],
    registers,
    async collect() {
      const all = await subscriptions()
      const stateOf = ({ subscribers, lastEnd }: (typeof all)[number]) =>
        subscribers.length > 0 ? 'live' : lastEnd?.cause === 'silent' ? 'stalled' : 'away'
      for (const state of SUBSCRIPTION_STATES) {
        this.labels(state).set(all.filter((each) => stateOf(each) === state).length)
      }
    },
  })
  new Gauge({
    name: 'hookloop_links',
    help: 'Links of this machine to relays, by how they stand.',
    labelNames: ['state'],
    registers,
    collect() {
      const all = engine.projects.list().flatMap(({ id }) => engine.links.list(id))
      for (const state of LINK_STATES) {
        this.labels(state).set(all.filter(({ standing }) => standing.state === state).length)
      }
    },
  })
}

function watchMachine(
  { files, dropped }: { files: Pick<StorageFiles, 'sizes'>; dropped: Readonly<ConnectionCounts> },
  registers: Registry[],
): void {
  new Gauge({
    name: 'hookloop_storage_bytes',
    help: 'What the database and its log take, and what the disk has left.',
    labelNames: ['kind'],
    registers,
    async collect() {
      const { databaseBytes, logBytes, diskFreeBytes } = await files.sizes()
      this.labels('database').set(databaseBytes)
      this.labels('log').set(logBytes)
      if (diskFreeBytes !== null) this.labels('disk_free').set(diskFreeBytes)
    },
  })
  new Gauge({
    name: 'hookloop_connections_dropped',
    help: 'Connections of the capture port that were not kept since the start, by why.',
    labelNames: ['reason'],
    registers,
    collect() {
      for (const reason of ['slow', 'displaced', 'turnedAway'] as const) this.labels(reason).set(dropped[reason])
    },
  })
}
