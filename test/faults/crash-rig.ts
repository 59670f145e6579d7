import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import type { Behaviour } from '#test/support/misbehaving-receiver/behaviour.ts'
import { startMisbehavingReceiver } from '#test/support/misbehaving-receiver/receiver.ts'
import { readReceipts, type Receipt } from '#test/support/misbehaving-receiver/receipts.ts'
import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'
import { account, type Account, type Acknowledged, type Books } from './accounting.ts'
import { integrityOf, readBooks } from './read-books.ts'
import { settled } from './settled.ts'

export interface CrashRig {
  directory: string
  endpointId: string
  /** Starts the relay anew on the same data, to be killed at `point` if one is given. */
  start(point?: string): Promise<RelayProcess>
  /** Waits until the relay has killed itself, and checks that its database is whole. */
  crashed(relay: RelayProcess): Promise<Books>
  /** Lets the relay finish and stop; answers what is on the books then, and what the accounting finds. */
  finish(relay: RelayProcess, acknowledged: readonly Acknowledged[]): Promise<Account & { books: Books }>
  receipts(): Receipt[]
}

/** A data directory with one endpoint at a misbehaving receiver, and relays that die where they are told. */
export async function createCrashRig({
  script,
  policy = {},
}: {
  script: readonly Behaviour[]
  policy?: object
}): Promise<CrashRig> {
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-crash-'))
  const ledger = `${directory}.ledger`
  const receiver = await startMisbehavingReceiver({ script, ledger })
  const running = new Set<RelayProcess>()
  onTestFinished(async () => {
    for (const relay of running) await relay.kill()
    await receiver.close()
    for (const path of [directory, `${directory}.key`, ledger]) rmSync(path, { recursive: true, force: true })
  })

  async function start(point = ''): Promise<RelayProcess> {
    vi.stubEnv('HOOKLOOP_CRASH_AT', point)
    const relay = await startRelay(directory)
    vi.unstubAllEnvs()
    running.add(relay)
    relay.child.once('exit', () => running.delete(relay))
    return relay
  }

  const first = await start()
  await first.call('PATCH', '/projects/default', { timeScale: 86_400 })
  const endpoint = { name: 'crash', url: receiver.url, eventTypes: ['*'], policy: { preset: 'standard', ...policy } }
  const { id: endpointId } = await first.call<{ id: string }>('POST', '/endpoints', endpoint)
  await first.stop()

  return {
    directory,
    endpointId,
    start,
    async crashed({ child }) {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.signalCode).toBe('SIGKILL')
      expect(integrityOf(directory)).toBe('ok')
      return readBooks(directory)
    },
    async finish(relay, acknowledged) {
      await settled(relay)
      expect(await relay.stop()).toBe(0)
      const books = readBooks(directory)
      return { ...account({ acknowledged, endpointIds: [endpointId], books, receipts: readReceipts(ledger) }), books }
    },
    receipts: () => readReceipts(ledger),
  }
}

export const NOTHING_WRONG = { pending: 0, lost: [], phantom: [], unexpected: [], unexplained: [] }
