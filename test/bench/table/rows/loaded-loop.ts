// How long the thread that delivers stands still at most while it has all it can do and a full-text search runs.
import { randomBytes } from 'node:crypto'
import { connect, type Api } from '#main/cli/connection.ts'
import { findInstallation } from '#main/compose/installation.ts'
import { start } from '#main/compose/start.ts'
import { measureEngine } from '../../engine-run.ts'
import { withCopyOf } from '../../kept-data.ts'
import { eventsData } from '../../million/fill.ts'
import { MANY } from '../../million/sizes.ts'
import { startBenchReceiver } from '../../receiver.ts'
import type { Measured } from '../figure.ts'

const CONNECTIONS = 64
const EVENTS = 6_000
const REACH_MS = 20
/** Many events hold each of them. */
const WORDS = ['juniper', 'maple oak', 'cedar', 'gum kauri']

export function measure(): Promise<Measured> {
  return withCopyOf(eventsData(MANY), async (dataDirectory) => {
    const receiver = await startBenchReceiver()
    const ports = { host: '127.0.0.1', port: 0, capturePort: 0 }
    const keyFile = `${dataDirectory}.key`
    const running = await start({ ...findInstallation(), dataDirectory, keyFile, ...ports, quiet: true })
    const api = connect({ url: running.windowUrl })
    const body = Buffer.from(JSON.stringify(randomBytes(511).toString('hex')))
    const load = { api, receiver, captureUrl: running.captureUrl, body, connections: CONNECTIONS }
    await measureEngine({ ...load, events: 500 })
    const searching = search(api)
    const { loopDelayP50Ms, loopDelayP99Ms } = await measureEngine({ ...load, events: EVENTS })
    const searches = await searching.stop()
    await running.stop(5_000)
    await receiver.close()
    return {
      figures: [
        {
          name: 'Event-loop delay under full load and a search, p99',
          against: '',
          value: loopDelayP99Ms,
          result: `${loopDelayP99Ms.toFixed(1)} ms (p50 ${loopDelayP50Ms.toFixed(1)} ms, ${searches} searches)`,
          reach: REACH_MS,
          bound: 'most',
          unit: 'ms',
        },
      ],
    }
  })
}

/** One search after the other; `stop` answers how many there were. */
function search(api: Api): { stop(): Promise<number> } {
  let isRunning = true
  let searches = 0
  const running = (async () => {
    while (isRunning) await api.events.list({ filter: WORDS[searches++ % WORDS.length]!, limit: 100 })
  })()
  return {
    async stop() {
      isRunning = false
      await running
      return searches
    },
  }
}
