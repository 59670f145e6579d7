import { randomBytes } from 'node:crypto'
import type { Api } from '#main/cli/connection.ts'
import { measureEngine, type EngineRun } from './engine-run.ts'
import { measureRawPosts } from './raw-post.ts'
import type { BenchReceiver } from './receiver.ts'

export const CONNECTIONS = 64
const WARM_EVENTS = 500
const EVENTS = 6_000
const RAW_MS = 4_000

export interface BesideRaw {
  bodyBytes: number
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
  const raw = await measureRawPosts({
    url: receiver.url,
    headers: await first,
    body,
    connections: CONNECTIONS,
    durationMs: RAW_MS,
  })
  const engine = await measureEngine({ ...load, events: EVENTS })
  return {
    bodyBytes: body.byteLength,
    raw,
    engine,
    ratio: engine.deliveriesPerSecond / Math.max(raw.request, raw.dispatch),
  }
}
