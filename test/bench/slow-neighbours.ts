// A healthy endpoint beside 2,000 slow ones: how long its deliveries take, beside what they take alone in the same run.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { keepCollectionsShort } from '#main/compose/short-collections.ts'
import { countDeliveries, untilDeliveries } from '#test/faults/settled.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { percentile, report } from './report.ts'

// What measures must not stand still itself.
keepCollectionsShort()

const SLOW = 2_000
/** Each answer at a time of its own; with `lockstep`, all that came at one moment are answered at one, which no receivers do. */
const FEWEST_MS = 12_000
const MOST_MS = process.argv.includes('lockstep') ? FEWEST_MS : 15_000
/** Slow endpoints that get an event at the same moment; the groups take turns, so that each always has one under way. */
const GROUP = 10
/** The p99 of a thousand is decided by ten: the middle one of some such blocks is told, and each beside it. */
const SAMPLES = 1_000
const BLOCKS = 3
const PACE_MS = 16
const RATIO_LIMIT = 2

const folder = await mkdtemp(join(tmpdir(), 'hookloop-slow-'))
const slow = fork(join(import.meta.dirname, 'slow-receivers.ts'), [SLOW, FEWEST_MS, MOST_MS].map(String))
const [ports] = (await once(slow, 'message')) as [number[]]

const waiting = new Map<string, (at: number) => void>()
const receiver = createServer((request, response) => {
  const eventId = String(request.headers['hookloop-event'])
  request.resume().once('end', () => {
    response.end()
    waiting.get(eventId)?.(performance.now())
    early.set(eventId, performance.now())
  })
})
/** Deliveries that are faster than the answer that names their event. */
const early = new Map<string, number>()
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))

const relay = await startRelay(join(folder, 'data'))
await relay.call('POST', '/endpoints', {
  name: 'healthy',
  url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
  eventTypes: ['healthy'],
})
for (const [index, port] of ports.entries()) {
  await relay.call('POST', '/endpoints', {
    name: `slow ${port}`,
    url: `http://127.0.0.1:${port}/hook`,
    eventTypes: [`slow.${Math.floor(index / GROUP)}`],
  })
}

await measure()
const alone = await measureBlocks()
const feeding = feedSlowOnes()
// Each slow one has had a whole round by then, its connection and its secrets open.
await untilDeliveries(relay, ({ succeeded }) => succeeded >= (1 + BLOCKS) * SAMPLES + SLOW)
const beside = await measureBlocks()
const underWay = (await countDeliveries(relay)).delivering
await feeding.stop()

await relay.kill()
slow.disconnect()
receiver.closeAllConnections()
receiver.close()
await rm(folder, { recursive: true, force: true })

const ms = (value: number) => `${value.toFixed(1)} ms`
const middleOf = (blocks: readonly (readonly number[])[], share: number) =>
  percentile(
    blocks.map((times) => percentile(times, share)),
    0.5,
  )
const told = (blocks: readonly (readonly number[])[]) =>
  `${ms(middleOf(blocks, 0.5))} / ${ms(middleOf(blocks, 0.99))} (${blocks.map((times) => percentile(times, 0.99).toFixed(1)).join(', ')})`
const ratio = middleOf(beside, 0.99) / middleOf(alone, 0.99)
report(`A healthy endpoint beside ${SLOW.toLocaleString('en')} slow ones, from the API to its receiver`, [
  { name: 'Alone, p50 / p99 (of each block)', result: told(alone), limit: '', kept: true },
  { name: 'Beside them, p50 / p99 (of each block)', result: told(beside), limit: '', kept: true },
  { name: 'Slow deliveries under way', result: String(underWay), limit: '', kept: true },
  {
    name: 'Ratio of the p99',
    result: ratio.toFixed(2),
    limit: String(RATIO_LIMIT),
    kept: ratio < RATIO_LIMIT,
  },
])

/** Gives each group its next event as its last one ends. */
function feedSlowOnes(): { stop(): Promise<void> } {
  const groups = SLOW / GROUP
  let running = true
  async function feed(): Promise<void> {
    const startedAt = performance.now()
    for (let turn = 0; running; turn++) {
      await compose(`slow.${turn % groups}`)
      await wait(Math.max(0, startedAt + (turn + 1) * (FEWEST_MS / groups) - performance.now()))
    }
  }
  const fed = feed()
  return {
    stop() {
      running = false
      return fed
    },
  }
}

/** Composes an event; answers its id. */
async function compose(type: string): Promise<string> {
  return (await relay.call<{ id: string }>('POST', '/events', { type, data: { text: 'x'.repeat(900) } })).id
}

async function measureBlocks(): Promise<number[][]> {
  const blocks: number[][] = []
  while (blocks.length < BLOCKS) blocks.push(await measure())
  return blocks
}

/** The time of each delivery in ms, from the call of the API to its arrival. */
async function measure(): Promise<number[]> {
  const times: Promise<number>[] = []
  for (let sample = 0; sample < SAMPLES; sample++) {
    times.push(deliver())
    await wait(PACE_MS)
  }
  return Promise.all(times)
}

async function deliver(): Promise<number> {
  const startedAt = performance.now()
  const id = await compose('healthy')
  const at = early.get(id) ?? (await new Promise<number>((resolve) => waiting.set(id, resolve)))
  return at - startedAt
}
