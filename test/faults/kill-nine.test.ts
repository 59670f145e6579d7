import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { keptPortWords } from '#test/support/kept-ports.ts'
import { readReceipts } from '#test/support/misbehaving-receiver/receipts.ts'
import { startMisbehavingReceiver } from '#test/support/misbehaving-receiver/receiver.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { account } from './accounting.ts'
import { startLoad } from './load.ts'
import { randomFaults } from './random-faults.ts'
import { integrityOf, readBooks } from './read-books.ts'
import { settled } from './settled.ts'

const KILLS = 20
const scratch = mkdtempSync(join(tmpdir(), 'hookloop-kill-'))
afterAll(() => {
  for (const path of [scratch, `${scratch}.key`, `${scratch}.ledger`]) rmSync(path, { recursive: true, force: true })
})

describe('a relay that is killed under load', () => {
  it(
    `EN07 ENG-10 CAP-2 EN04 EN05 loses nothing over ${KILLS} kill -9 and a receiver's faults, and repeats only what was in flight`,
    { timeout: 300_000 },
    async () => {
      const ledger = `${scratch}.ledger`
      const receiver = await startMisbehavingReceiver({ script: randomFaults(7), ledger })
      const ports = await keptPortWords()
      let relay = await startRelay(scratch, ports)
      await relay.call('PATCH', '/projects/default', { timeScale: 3_600 })
      const policy = { preset: 'standard', timeoutMs: 1_000 }
      const endpoint = { name: 'ledger', url: receiver.url, eventTypes: ['*'], policy }
      const { id: endpointId } = await relay.call<{ id: string }>('POST', '/endpoints', endpoint)

      const load = startLoad(`${relay.ready.capture}/inbox`, 8, 10)
      for (let kill = 1; kill <= KILLS; kill++) {
        await load.reached(load.acknowledged.length + 20 + ((kill * 37) % 60))
        await relay.kill()
        expect(integrityOf(scratch), `after kill ${kill}`).toBe('ok')
        relay = await startRelay(scratch, ports)
      }
      await load.stop()
      await settled(relay)
      expect(await relay.stop()).toBe(0)
      await receiver.close()

      const books = readBooks(scratch)
      const { acknowledged } = load
      const found = account({ acknowledged, endpointIds: [endpointId], books, receipts: readReceipts(ledger) })
      expect(found).toMatchObject({ pending: 0, lost: [], phantom: [], unexpected: [], unexplained: [] })
      expect(books.deliveries, 'one delivery for each event, acknowledged or not').toHaveLength(books.events.length)
      expect(
        books.attempts.some(({ outcome }) => outcome === 'interrupted'),
        'the kills cut attempts',
      ).toBe(true)
      expect(integrityOf(scratch)).toBe('ok')
    },
  )
})
