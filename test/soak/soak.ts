import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { account, type Account } from '#test/faults/accounting.ts'
import { startLoad, type Load } from '#test/faults/load.ts'
import { randomFaults, seededRandom } from '#test/faults/random-faults.ts'
import { integrityOf, readBooks } from '#test/faults/read-books.ts'
import { settled } from '#test/faults/settled.ts'
import { keptPortWords } from '#test/support/kept-ports.ts'
import { readReceipts } from '#test/support/misbehaving-receiver/receipts.ts'
import { startMisbehavingReceiver } from '#test/support/misbehaving-receiver/receiver.ts'
import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'

export interface SoakOptions {
  durationMs: number
  seed: number
  /** Between two kills. */
  killEveryMs: { least: number; most: number }
  onKill?: (line: string) => void
}

export interface SoakResult extends Account {
  kills: number
  events: number
  attempts: number
  /** `ok`, or what SQLite finds wrong after a kill or at the end. */
  integrity: string
}

const SENDERS = 8
/** For about a hundred events a second, which two endpoints on a small machine keep up with. */
const PACE_MS = 70
const REPLAYED_AFTER_KILL = 20

/** A relay under load, killed again and again, before a receiver that does wrong at random; then everything is counted. */
export async function runSoak({ durationMs, seed, killEveryMs, onKill }: SoakOptions): Promise<SoakResult> {
  const folder = await mkdtemp(join(tmpdir(), 'hookloop-soak-'))
  const data = join(folder, 'data')
  const ledger = join(folder, 'ledger')
  const receiver = await startMisbehavingReceiver({ script: randomFaults(seed), ledger })
  const ports = await keptPortWords()
  let relay = await startRelay(data, ports)
  const endpointIds = await prepare(relay, receiver.url)

  const load = startLoad(`${relay.ready.capture}/inbox`, SENDERS, PACE_MS)
  const random = seededRandom(seed)
  const endAt = performance.now() + durationMs
  let kills = 0
  let integrity = 'ok'
  while (performance.now() < endAt) {
    await wait(killEveryMs.least + random() * (killEveryMs.most - killEveryMs.least))
    await relay.kill()
    kills += 1
    if (integrity === 'ok') integrity = integrityOf(data)
    onKill?.(`kill ${kills}: ${load.acknowledged.length} acknowledged, database ${integrity}`)
    relay = await startRelay(data, ports)
    await replaySome(relay, load, random)
  }
  await load.stop()
  await settled(relay)
  await relay.stop()
  await receiver.close()
  if (integrity === 'ok') integrity = integrityOf(data)

  const books = readBooks(data)
  const { acknowledged } = load
  const found = account({ acknowledged, endpointIds, books, receipts: readReceipts(ledger) })
  await rm(folder, { recursive: true, force: true })
  return { ...found, kills, events: books.events.length, attempts: books.attempts.length, integrity }
}

async function prepare(relay: RelayProcess, url: string): Promise<string[]> {
  await relay.call('PATCH', '/projects/default', { timeScale: 3_600 })
  const policy = { preset: 'standard', timeoutMs: 1_000, concurrency: 32 }
  const ids = []
  for (const name of ['one', 'two']) {
    const endpoint = { name, url: `${url}/${name}`, eventTypes: ['*'], policy }
    ids.push((await relay.call<{ id: string }>('POST', '/endpoints', endpoint)).id)
  }
  return ids
}

async function replaySome(relay: RelayProcess, { acknowledged }: Load, random: () => number): Promise<void> {
  if (acknowledged.length === 0) return
  const pick = () => acknowledged[Math.floor(random() * acknowledged.length)]!.eventId
  await relay.call('POST', '/replays', { eventIds: Array.from({ length: REPLAYED_AFTER_KILL }, pick) })
}

/** Whether nothing at all went wrong. */
export function isClean({ integrity, pending, lost, phantom, unexpected, unexplained }: SoakResult): boolean {
  const wrong = [...lost, ...phantom, ...unexpected, ...unexplained]
  return integrity === 'ok' && pending === 0 && wrong.length === 0
}
