// A subscriber that is 100,000 events behind and slow: what it costs the relay in memory, and the others in lag.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { LinkFrame } from '#shared/model/link/frames.ts'
import { keepCollectionsShort } from '#main/compose/short-collections.ts'
import { readFrames } from '#main/engine/links/session/read-frames.ts'
import { callOf, startRelay } from '#test/support/relay-process.ts'
import { watchMemory } from './memory.ts'
import { percentile, report } from './report.ts'

// What measures must not stand still itself.
keepCollectionsShort()

const BACKLOG = Number(process.argv[3] ?? 100_000)
const SENDERS = 32
const SAMPLES = 500
const PACE_MS = 10
const SLOW_EVERY_MS = 50
const MEMORY_LIMIT_BYTES = 64 * 1024 * 1024
const RATIO_LIMIT = 2
const BODY = JSON.stringify({ filling: 'x'.repeat(1_000) })

const folder = await mkdtemp(join(tmpdir(), 'hookloop-subscribers-'))
const relay = await startRelay(join(folder, 'data'))
await relay.call('POST', '/sources', { name: 'Shop', slug: 'shop' })
const address = `${relay.ready.capture}/shop`
const slowId = await subscribe('slow', 'beginning')
await fill(BACKLOG)

const arrivals = new Map<string, (at: number) => void>()
const fast = await follow(await subscribe('fast', 'now'), { isPrompt: true })
await measure()
const alone = await measure()
const before = await watchMemory(relay.child.pid!, 60_000).stop()
const watching = watchMemory(relay.child.pid!, 250)
const slow = await follow(slowId, { isPrompt: false })
const beside = await measure()
await wait(5_000)
const most = await watching.stop()
const { items } = await relay.call<{
  items: { name: string; state: string; lag: { events: number; isMore: boolean } }[]
}>('GET', '/subscriptions')
fast.stop()
slow.stop()
await relay.kill()
await rm(folder, { recursive: true, force: true })

const standing = items.find(({ name }) => name === 'slow')
const [alone99, beside99] = [percentile(alone, 0.99), percentile(beside, 0.99)]
const ms = (value: number) => `${value.toFixed(1)} ms`
const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`
const isSlowThere = standing?.state === 'live' && standing.lag.isMore
report(`A subscriber that is ${BACKLOG.toLocaleString('en')} events behind and slow, beside one that is not`, [
  {
    name: 'Lag of the other alone, p50 / p99',
    result: `${ms(percentile(alone, 0.5))} / ${ms(alone99)}`,
    limit: '',
    kept: true,
  },
  {
    name: 'Beside the slow one, p50 / p99',
    result: `${ms(percentile(beside, 0.5))} / ${ms(beside99)}`,
    limit: '',
    kept: true,
  },
  {
    name: 'Ratio of the p99',
    result: (beside99 / alone99).toFixed(2),
    limit: String(RATIO_LIMIT),
    kept: beside99 / alone99 < RATIO_LIMIT,
  },
  { name: 'Memory of the relay before', result: mib(before), limit: '', kept: true },
  {
    name: 'More with the slow one',
    result: mib(Math.max(0, most - before)),
    limit: mib(MEMORY_LIMIT_BYTES),
    kept: most - before < MEMORY_LIMIT_BYTES,
  },
  { name: 'The slow one at the end', result: isSlowThere ? 'live, far behind' : 'gone', limit: '', kept: isSlowThere },
])

async function subscribe(name: string, start: 'now' | 'beginning'): Promise<string> {
  const wish = { source: 'shop', name, start, version: '1.0.0', protocol: 1 }
  return (await relay.call<{ id: string }>('POST', '/subscriptions', wish)).id
}

async function fill(count: number): Promise<void> {
  let left = count
  const send = async (): Promise<void> => {
    while (left-- > 0) {
      const answer = await fetch(address, { method: 'POST', body: BODY })
      await answer.arrayBuffer()
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, send))
}

/** How long each event takes from its answer to the other subscriber. */
async function measure(): Promise<number[]> {
  const lags: Promise<number>[] = []
  for (let sample = 0; sample < SAMPLES; sample++) {
    const body = `{"sample":${sample},"at":${performance.now()}}`
    const arrived = new Promise<number>((resolve) => arrivals.set(body, resolve))
    const sentAt = performance.now()
    await (await fetch(address, { method: 'POST', body })).arrayBuffer()
    lags.push(arrived.then((at) => at - sentAt))
    await wait(PACE_MS)
  }
  return Promise.all(lags)
}

/** One connection, acknowledged at once; or an event at a time, at long last, and nothing else read meanwhile. */
async function follow(id: string, { isPrompt }: { isPrompt: boolean }): Promise<{ stop(): void }> {
  const call = callOf(relay.ready)
  const gone = new AbortController()
  const query = new URLSearchParams({ window: '500', version: '1.0.0', protocol: '1' })
  const answer = await fetch(`${relay.ready.api}/subscriptions/${id}/events?${query}`, {
    headers: { authorization: `Bearer ${relay.ready.token}`, accept: 'text/event-stream' },
    signal: gone.signal,
  })
  const greeted = Promise.withResolvers<string>()
  const waiting: string[] = []
  const acknowledge = async (): Promise<void> => {
    const eventIds = waiting.splice(0, 500)
    await call('POST', `/subscriptions/${id}/acknowledge`, { connection: await greeted.promise, eventIds }).catch(
      () => {},
    )
  }
  const beat = setInterval(() => void acknowledge(), isPrompt ? 100 : 2_000)
  void (async () => {
    for await (const frame of readFrames(answer.body!)) {
      if (frame.type === 'hello') greeted.resolve(frame.connection)
      if (frame.type !== 'event') continue
      waiting.push(frame.event.id)
      if (isPrompt) told(frame)
      else await wait(SLOW_EVERY_MS)
    }
  })().catch(() => {})
  await greeted.promise
  return {
    stop() {
      clearInterval(beat)
      gone.abort()
    },
  }
}

function told({ event }: Extract<LinkFrame, { type: 'event' }>): void {
  const body = Buffer.from(event.bodyBase64 ?? '', 'base64').toString()
  arrivals.get(body)?.(performance.now())
  arrivals.delete(body)
}
