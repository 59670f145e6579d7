// What a delivery of the engine costs beside a bare POST, in one run against one receiver.
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from '#main/cli/build.ts'
import { connect } from '#main/cli/connection.ts'
import { table } from '#main/cli/text/table.ts'
import { findInstallation } from '#main/compose/installation.ts'
import { start } from '#main/compose/start.ts'
import { CONNECTIONS, measureBesideRaw } from './beside-raw.ts'
import { measureFeedLatency } from './feed-latency.ts'
import { startBenchReceiver } from './receiver.ts'
import { print } from './report.ts'
import { measureWindowLatency } from './window-latency.ts'

const LATENCY_SAMPLES = 200
const WINDOW_SAMPLES = 40
/** For a captured request to reach whoever watches, in ms. */
const WATCH_LIMIT_MS = 100

// The window that is measured is a built one.
await buildIfStale()
const folder = await mkdtemp(join(tmpdir(), 'hookloop-bench-'))
const receiver = await startBenchReceiver()
const running = await start({
  ...findInstallation(),
  dataDirectory: join(folder, 'data'),
  keyFile: join(folder, 'master.key'),
  host: '127.0.0.1',
  port: 0,
  capturePort: 0,
  quiet: true,
})
const api = connect({ url: running.windowUrl })

const { raw, engine, ratio } = await measureBesideRaw({ api, receiver, captureUrl: running.captureUrl })
const feed = await measureFeedLatency(api, running.captureUrl, LATENCY_SAMPLES)
const shown = await measureWindowLatency(running.windowUrl, running.captureUrl, WINDOW_SAMPLES)

await running.stop(5_000)
await receiver.close()
await rm(folder, { recursive: true, force: true })

const perSecond = (value: number) => `${Math.round(value)}/s`
const ms = (value: number) => `${value.toFixed(1)} ms`
const rows = [
  ['Bare POST, undici request', perSecond(raw.request)],
  ['Bare POST, undici dispatch', perSecond(raw.dispatch)],
  ['Delivery: signed, logged, durable', perSecond(engine.deliveriesPerSecond)],
  ['Delivery beside the better bare POST', `${(ratio * 100).toFixed(0)} %`],
  ['Capture, durable', perSecond(engine.capturesPerSecond)],
  [
    'Event-loop delay while delivering, p50 / p99',
    `${ms(engine.loopDelayP50Ms)} / ${ms(engine.loopDelayP99Ms)} (idle ${ms(engine.loopDelayIdleP50Ms)})`,
  ],
  ['Capture to feed, p50 / p95', `${ms(feed.p50Ms)} / ${ms(feed.p95Ms)} (limit ${WATCH_LIMIT_MS} ms)`],
  [
    'Capture to row in the window, p50 / p95',
    shown ? `${ms(shown.p50Ms)} / ${ms(shown.p95Ms)} (limit ${WATCH_LIMIT_MS} ms)` : 'not measured: no Chromium found',
  ],
] as const
console.log(`1 KiB bodies, ${CONNECTIONS} connections, ${availableParallelism()} cores, Node ${process.version}\n`)
print(
  table(
    rows,
    [
      { title: 'MEASURE', value: ([name]) => name },
      { title: 'RESULT', value: ([, value]) => value, right: true },
    ],
    '',
  ),
)
process.exitCode = Math.max(feed.p95Ms, shown?.p95Ms ?? 0) <= WATCH_LIMIT_MS ? 0 : 1
