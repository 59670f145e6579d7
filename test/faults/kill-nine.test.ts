import Database from 'better-sqlite3'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'
import { startLedgerReceiver, type Receipt } from './ledger.ts'
import { startLoad } from './load.ts'

const KILLS = 20
const scratch = mkdtempSync(join(tmpdir(), 'hookloop-kill-'))
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
  rmSync(`${scratch}.key`, { force: true })
})

interface Listed<T> {
  items: T[]
  nextCursor: string | null
}
interface DeliveryRow {
  id: string
  eventId: string
  state: string
  attempts: number
}

async function listAll<T>(relay: RelayProcess, path: string): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Listed<T> = await relay.call('GET', `${path}?limit=500${cursor ? `&cursor=${cursor}` : ''}`)
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return items
}

/** Reads the feed until nothing is on its way any more. */
async function settled(relay: RelayProcess): Promise<void> {
  const open = async () => {
    const { deliveries } = await relay.call<{ deliveries: Record<string, number> }>('GET', '/status')
    return deliveries['scheduled']! + deliveries['delivering']!
  }
  const abort = new AbortController()
  const feed = await fetch(`${relay.ready.api}/feed`, {
    headers: { authorization: `Bearer ${relay.ready.token}` },
    signal: abort.signal,
  })
  const reader = feed.body!.getReader()
  while ((await open()) > 0) await reader.read()
  abort.abort()
}

function integrity(directory: string): unknown[] {
  const file = readdirSync(directory).find((name) => name.endsWith('.db') && !name.includes('lock'))!
  const database = new Database(join(directory, file))
  try {
    return database.pragma('integrity_check') as unknown[]
  } finally {
    database.close()
  }
}

/** Deliveries that the receiver took more than once without an interrupted attempt to explain it. */
function unexplained(receipts: readonly Receipt[], interrupted: ReadonlyMap<string, number>): string[] {
  const taken = new Map<string, number>()
  for (const { deliveryId, status } of receipts) {
    if (status === 200) taken.set(deliveryId, (taken.get(deliveryId) ?? 0) + 1)
  }
  return [...taken].filter(([id, times]) => times - 1 > (interrupted.get(id) ?? 0)).map(([id]) => id)
}

async function countInterrupted(relay: RelayProcess, deliveries: readonly DeliveryRow[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { id, attempts } of deliveries) {
    if (attempts < 2) continue
    const { items } = await relay.call<Listed<{ outcome: string }>>('GET', `/deliveries/${id}/attempts`)
    counts.set(id, items.filter(({ outcome }) => outcome === 'interrupted').length)
  }
  return counts
}

describe('a relay that is killed under load', () => {
  it(`ENG-10 CAP-2 EN04 EN05 loses nothing over ${KILLS} kill -9, and repeats only what was in flight`, { timeout: 240_000 }, async () => {
    const receiver = await startLedgerReceiver((nth) => (nth % 10 === 9 ? 500 : 200))
    let relay = await startRelay(scratch, ['--port', '0', '--capture-port', '0'])
    const ports = ['--port', new URL(relay.ready.api).port, '--capture-port', new URL(relay.ready.capture).port]
    await relay.call('PATCH', '/projects/default', { timeScale: 3_600 })
    await relay.call('POST', '/endpoints', { name: 'ledger', url: receiver.url, eventTypes: ['*'], policy: 'standard' })

    const load = startLoad(`${relay.ready.capture}/inbox`, 8)
    for (let kill = 1; kill <= KILLS; kill++) {
      await load.reached(load.acknowledged.length + 20 + ((kill * 37) % 60))
      await relay.kill()
      expect(integrity(scratch), `after kill ${kill}`).toEqual([{ integrity_check: 'ok' }])
      relay = await startRelay(scratch, ports)
    }
    await load.stop()
    await settled(relay)

    const events = await listAll<{ id: string }>(relay, '/events')
    const deliveries = await listAll<DeliveryRow>(relay, '/deliveries')
    const interrupted = await countInterrupted(relay, deliveries)
    const received = new Map(receiver.receipts.map((receipt) => [receipt.eventId, receipt.bodySha256]))
    const stored = new Set(events.map(({ id }) => id))
    const sent = new Map(load.acknowledged.map(({ eventId, bodySha256 }) => [eventId, bodySha256]))

    expect(load.acknowledged.filter(({ eventId }) => !stored.has(eventId)), 'acknowledged and lost').toEqual([])
    expect(deliveries.filter(({ state }) => state !== 'succeeded'), 'not delivered').toEqual([])
    expect(deliveries).toHaveLength(events.length)
    expect(deliveries.filter(({ eventId }) => !received.has(eventId)), 'phantom successes').toEqual([])
    expect([...received.keys()].filter((id) => !stored.has(id)), 'never captured').toEqual([])
    expect([...sent].filter(([id, hash]) => received.get(id) !== hash), 'changed bytes').toEqual([])
    expect(unexplained(receiver.receipts, interrupted), 'unexplained duplicates').toEqual([])
    const cuts = [...interrupted.values()].reduce((sum, count) => sum + count, 0)
    expect(cuts, 'the kills cut attempts in flight').toBeGreaterThan(0)
    expect(await relay.stop()).toBe(0)
    expect(integrity(scratch)).toEqual([{ integrity_check: 'ok' }])
    await receiver.close()
  })
})
