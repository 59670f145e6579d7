import { randomBytes } from 'node:crypto'
import type { Api } from '#main/cli/connection.ts'
import { measureEngine, type EngineRun } from './engine-run.ts'
import { measureRawPosts } from './raw-post.ts'
import type { BenchReceiver } from './receiver.ts'
import { percentile } from './report.ts'

export const CONNECTIONS = 64
/** Only then is what V8 makes of the engine as fast as it gets; the bare POSTs have had as many by then. */
const WARM_EVENTS = 12_000
const EVENTS = 4_000
const RAW_MS = 2_000
/** Taken in turns, so that what else this machine does falls on both. */
const ROUNDS = 3

export interface BesideRaw {
  /** Bare POST/s of undici's two ways to send. */
  raw: { request: number; dispatch: number }
  engine: EngineRun
  /** Deliveries beside the better of the two. */
  ratio: number
}

/** What a delivery of the engine costs beside a bare POST of the same body and headers to the same receiver. */
export async function measureBesideRaw(place: {
  api: Api
  receiver: BenchReceiver
  captureUrl: string
}): Promise<BesideRaw> {
  const { receiver } = place
  // A JSON text of 1 KiB.
  const body = Buffer.from(JSON.stringify(randomBytes(511).toString('hex')))
  const load = { ...place, body, connections: CONNECTIONS }
  const { first } = receiver.count(CONNECTIONS)
  await measureEngine({ ...load, events: WARM_EVENTS })
  const headers = await first
  const rounds: Omit<BesideRaw, 'ratio'>[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const raw = await measureRawPosts({
      url: receiver.url,
      headers,
      body,
      connections: CONNECTIONS,
      durationMs: RAW_MS,
    })
    rounds.push({ raw, engine: await measureEngine({ ...load, events: EVENTS }) })
  }
  const middle = (value: (round: Omit<BesideRaw, 'ratio'>) => number) => percentile(rounds.map(value), 0.5)
  const raw = { request: middle((each) => each.raw.request), dispatch: middle((each) => each.raw.dispatch) }
  const deliveriesPerSecond = middle((each) => each.engine.deliveriesPerSecond)
  return {
    raw,
    engine: { ...rounds.at(-1)!.engine, deliveriesPerSecond },
    ratio: deliveriesPerSecond / Math.max(raw.request, raw.dispatch),
  }
}
