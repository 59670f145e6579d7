import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { POLICY } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { watchMemory } from './memory.ts'

export const PENDING = 100_000
export const CONCURRENCY = 16
const BATCH = 500

export interface PendingRun {
  /** From the start of its process. */
  firstMs: number
  drainedMs: number
  /** The most memory that it took. */
  mostBytes: number
  /** How many places a delivery came before or after its own, at most. */
  overtaking: number
}

/** Starts a relay with many deliveries due, and follows it until all have come. */
export async function measurePending(): Promise<PendingRun> {
  const folder = await mkdtemp(join(tmpdir(), 'hookloop-pending-'))
  const data = join(folder, 'data')
  const ranks = new Map<string, number>()
  const arrived: number[] = []
  const first = Promise.withResolvers<number>()
  const last = Promise.withResolvers<number>()

  const receiver = createServer((request, response) => {
    request.resume().once('end', () => {
      response.end()
      if (arrived.length === 0) first.resolve(performance.now())
      arrived.push(ranks.get(String(request.headers['hookloop-delivery'])) ?? -1)
      if (arrived.length === PENDING) last.resolve(performance.now())
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  await fill(data, `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`, ranks)

  const startedAt = performance.now()
  const relay = await startRelay(data)
  const memory = watchMemory(relay.child.pid!, 500)
  const firstMs = (await first.promise) - startedAt
  const drainedMs = (await last.promise) - startedAt
  const mostBytes = await memory.stop()
  await relay.stop()
  receiver.closeAllConnections()
  receiver.close()
  await rm(folder, { recursive: true, force: true })
  const overtaking = arrived.reduce((most, rank, place) => Math.max(most, Math.abs(rank - place)), 0)
  return { firstMs, drainedMs, mostBytes, overtaking }
}

/** The later an event was captured, the earlier it is due: only the due time can give the order. */
async function fill(data: string, url: string, ranks: Map<string, number>): Promise<void> {
  const store = openSqliteStore({ path: join(data, 'hookloop.db'), log: silentLog })
  const { addEndpoint, addEvent } = await createWorld(store)
  const endpoint = await addEndpoint()
  const policy = { ...POLICY, provider: 'none', concurrency: CONCURRENCY }
  const config = { ...endpoint.version.config, url, policy }
  const id = endpoint.version.id.replace(/.$/, 'z') as typeof endpoint.version.id
  await store.endpoints.addVersion({ ...endpoint.version, id, number: 2, config })
  const lastDueAt = Date.now() - 60_000
  for (let start = 0; start < PENDING; start += BATCH) {
    await Promise.all(
      Array.from({ length: BATCH }, async (_, offset) => {
        const place = start + offset
        const body = Buffer.from(JSON.stringify({ place, text: 'x'.repeat(900) }))
        const { deliveries } = await addEvent({ to: [endpoint], body, delivery: { dueAt: lastDueAt - place } })
        ranks.set(deliveries[0]!.id, PENDING - 1 - place)
      }),
    )
  }
  await store.close()
}
