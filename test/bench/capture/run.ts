// `npm run bench -- capture [seconds]`: steady captures of 4 KiB from another process, each durable before its answer.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { argv } from 'node:process'
import Database from 'better-sqlite3'
import { databaseFile } from '#main/compose/database-file.ts'
import { findInstallation } from '#main/compose/installation.ts'
import { start } from '#main/compose/start.ts'
import { percentile, report } from '../report.ts'
import type { SendOrder, SendResult } from './sender-process.ts'

const PER_SECOND = 500
const BODY_BYTES = 4_096
const P99_LIMIT_MS = 100
/** How much of the asked rate must be reached: the last answers come after the last second. */
const RATE_SHARE = 0.98
const seconds = Number(argv[3] ?? 60)

const folder = await mkdtemp(join(tmpdir(), 'hookloop-capture-'))
const dataDirectory = join(folder, 'data')
const running = await start({
  ...findInstallation(),
  dataDirectory,
  keyFile: join(folder, 'master.key'),
  host: '127.0.0.1',
  port: 0,
  capturePort: 0,
  quiet: true,
})
const order = { url: running.captureUrl, bodyBytes: BODY_BYTES }
await send({ ...order, perSecond: 200, seconds: 2 })

const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
const result = await send({ ...order, perSecond: PER_SECOND, seconds })
delay.disable()
const missing = countMissing(result.acknowledged)
await running.stop(5_000)
await rm(folder, { recursive: true, force: true })

const perSecond = result.acknowledged.length / (result.tookMs / 1_000)
const p99Ms = percentile(result.latenciesMs, 0.99)
const ms = (value: number) => `${value.toFixed(1)} ms`
report(
  `${PER_SECOND} captures a second of ${BODY_BYTES} bytes for ${seconds} s, ${availableParallelism()} cores, Node ${process.version}`,
  [
    {
      name: 'Acknowledged',
      result: `${perSecond.toFixed(1)}/s`,
      limit: `${PER_SECOND}/s`,
      kept: perSecond >= PER_SECOND * RATE_SHARE,
    },
    { name: 'Answer, p50', result: ms(percentile(result.latenciesMs, 0.5)), limit: '', kept: true },
    { name: 'Answer, p99', result: ms(p99Ms), limit: ms(P99_LIMIT_MS), kept: p99Ms < P99_LIMIT_MS },
    { name: 'Refused or unanswered', result: String(result.refused), limit: '0', kept: result.refused === 0 },
    { name: 'Acknowledged and not in the file', result: String(missing), limit: '0', kept: missing === 0 },
    {
      name: 'Event-loop delay, p50 / p99 / most',
      result: [delay.percentile(50), delay.percentile(99), delay.max].map((ns) => ms(ns / 1e6)).join(' / '),
      limit: '',
      kept: true,
    },
  ],
)

async function send(task: SendOrder): Promise<SendResult> {
  const child = fork(join(import.meta.dirname, 'sender-process.ts'))
  const answered = once(child, 'message') as Promise<[SendResult]>
  const exited = once(child, 'exit')
  child.send(task)
  const [answer] = await Promise.race([answered, exited.then(() => Promise.reject(new Error('The sender ended')))])
  await exited
  return answer
}

/** Read through a connection of its own, which sees what is committed. */
function countMissing(ids: readonly string[]): number {
  const db = new Database(databaseFile(dataDirectory), { readonly: true })
  const count = db.prepare<[string], number>('SELECT count(*) FROM events WHERE id = ?').pluck()
  const missing = ids.filter((id) => count.get(id) !== 1).length
  db.close()
  return missing
}
