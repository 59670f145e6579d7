// How late deliveries begin that are due while 100,000 others wait for a later time.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { POLICY } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { percentile } from '../../report.ts'
import type { Measured } from '../figure.ts'
import { inScratchFolder } from '../scratch.ts'

const WAITING = 100_000
const DUE = 1_000
const APART_MS = 15
/** For the relay to start and to settle. */
const BEGIN_AFTER_MS = 8_000
const BATCH = 500
const HOUR_MS = 3_600_000
const REACH_MS = 50

export function measure(): Promise<Measured> {
  return inScratchFolder(async (folder) => {
    const data = join(folder, 'data')
    const dueAt = new Map<string, number>()
    const latenessMs: number[] = []
    const all = Promise.withResolvers<void>()
    const receiver = createServer((request, response) => {
      const due = dueAt.get(String(request.headers['hookloop-delivery']))
      latenessMs.push(Date.now() - (due ?? Number.NaN))
      request.resume().once('end', () => response.end())
      if (latenessMs.length === DUE) all.resolve()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    await fill(data, `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`, dueAt)
    const relay = await startRelay(data)
    await all.promise
    await relay.kill()
    receiver.closeAllConnections()
    receiver.close()
    const value = percentile(latenessMs, 0.99)
    return {
      figures: [
        {
          name: `Lateness while ${WAITING.toLocaleString('en')} wait, p99`,
          against: '',
          value,
          result: `${value} ms (p50 ${percentile(latenessMs, 0.5)} ms)`,
          reach: REACH_MS,
          bound: 'most',
          unit: 'ms',
        },
      ],
    }
  })
}

/** The few that come due are stored last, so that their times lie ahead however long the others took to store. */
async function fill(data: string, url: string, dueAt: Map<string, number>): Promise<void> {
  const store = openSqliteStore({ path: join(data, 'hookloop.db'), log: silentLog })
  const { addEndpoint, addEvent } = await createWorld(store)
  const endpoint = await addEndpoint()
  const config = { ...endpoint.version.config, url, policy: { ...POLICY, provider: 'none', concurrency: 16 } }
  const id = endpoint.version.id.replace(/.$/, 'z') as typeof endpoint.version.id
  await store.endpoints.addVersion({ ...endpoint.version, id, number: 2, config })
  const add = async (count: number, dueOf: (place: number) => number): Promise<void> => {
    for (let start = 0; start < count; start += BATCH) {
      await Promise.all(
        Array.from({ length: Math.min(BATCH, count - start) }, async (_, offset) => {
          const place = start + offset
          const body = Buffer.from(JSON.stringify({ place, text: 'x'.repeat(900) }))
          const due = dueOf(place)
          const { deliveries } = await addEvent({ to: [endpoint], body, delivery: { dueAt: due } })
          if (count === DUE) dueAt.set(deliveries[0]!.id, due)
        }),
      )
    }
  }
  const later = Date.now() + HOUR_MS
  await add(WAITING, (place) => later + place)
  const first = Date.now() + BEGIN_AFTER_MS
  await add(DUE, (place) => first + place * APART_MS)
  await store.close()
}
