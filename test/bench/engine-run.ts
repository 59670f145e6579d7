import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Pool } from 'undici'
import type { Api } from '#main/cli/connection.ts'
import type { BenchReceiver } from './receiver.ts'

export interface EngineRun {
  deliveriesPerSecond: number
  capturesPerSecond: number
  loopDelayP50Ms: number
  loopDelayP99Ms: number
  /** The same measure while nothing happens: what the timer itself shows. */
  loopDelayIdleP50Ms: number
}

export interface EngineLoad {
  api: Api
  receiver: BenchReceiver
  captureUrl: string
  body: Buffer
  connections: number
  events: number
  /** Where they go, with so many at a time allowed; a new endpoint where none is given, which goes afterwards. */
  endpointId?: string
}

/** Events of one replay at most. */
const REPLAY_LIMIT = 1_000

/** Captures events that no endpoint takes, replays all to one, and times that to the last delivery that is on record. */
export async function measureEngine(load: EngineLoad): Promise<EngineRun> {
  const { api, receiver, events } = load
  const id = load.endpointId ?? (await newEndpoint(load))
  const { eventIds, perSecond: capturesPerSecond } = await fill(load)

  globalThis.gc?.()
  const loopDelayIdleP50Ms = await idleDelay()
  const before = await succeeded(api)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const { reached } = receiver.count(events)
  delay.enable()
  const startedAt = performance.now()
  for (let from = 0; from < events; from += REPLAY_LIMIT) {
    await api.replays.create({ eventIds: eventIds.slice(from, from + REPLAY_LIMIT), endpointIds: [id] })
  }
  await reached
  while ((await succeeded(api)) < before + events) await new Promise((resume) => setTimeout(resume, 5))
  const tookMs = performance.now() - startedAt
  delay.disable()
  if (load.endpointId === undefined) await api.endpoints.delete({ id })
  return {
    deliveriesPerSecond: (events / tookMs) * 1000,
    capturesPerSecond,
    loopDelayP50Ms: delay.percentile(50) / 1e6,
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    loopDelayIdleP50Ms,
  }
}

async function newEndpoint({ api, receiver, connections }: EngineLoad): Promise<string> {
  const policy = { preset: 'standard', concurrency: connections }
  const { id } = await api.endpoints.create({ name: 'Bench', url: receiver.url, eventTypes: [], policy })
  return id
}

async function idleDelay(): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await new Promise((resume) => setTimeout(resume, 500))
  delay.disable()
  return delay.percentile(50) / 1e6
}

async function fill(load: EngineLoad): Promise<{ eventIds: string[]; perSecond: number }> {
  const { captureUrl, body, connections, events } = load
  const eventIds: string[] = []
  const { origin, pathname } = new URL(captureUrl)
  const pool = new Pool(origin, { connections })
  const startedAt = performance.now()
  let left = events
  const lane = async () => {
    while (left-- > 0) {
      const headers = { 'content-type': 'application/json' }
      const answer = await pool.request({ method: 'POST', path: `${pathname}/inbox`, headers, body })
      await answer.body.arrayBuffer()
      if (answer.statusCode !== 200) throw new Error(`A capture was answered ${answer.statusCode}`)
      eventIds.push(String(answer.headers['hookloop-event']))
    }
  }
  await Promise.all(Array.from({ length: connections }, lane))
  await pool.close()
  return { eventIds, perSecond: (events / (performance.now() - startedAt)) * 1000 }
}

async function succeeded(api: Api): Promise<number> {
  return (await api.system.status({})).deliveries.succeeded
}
