// What a delivery costs as one of fifty of an event, beside one that is its event's only one.
import { join } from 'node:path'
import { settled } from '#test/faults/settled.ts'
import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'
import { startBenchReceiver, type BenchReceiver } from '../../receiver.ts'
import type { Measured } from '../figure.ts'
import { inScratchFolder } from '../scratch.ts'

const ENDPOINTS = 50
const ROUNDS = 60
const LANES = 16
const REACH = 0.8
const DATA = { text: 'x'.repeat(900) }

export function measure(): Promise<Measured> {
  return inScratchFolder(async (folder) => {
    const receiver = await startBenchReceiver()
    const relay = await startRelay(join(folder, 'data'))
    for (let index = 0; index < ENDPOINTS; index++) {
      const eventTypes = ['many', `one.${index}`]
      await relay.call('POST', '/endpoints', { name: `Endpoint ${index}`, url: receiver.url, eventTypes })
    }
    const singles = Array.from({ length: ROUNDS * ENDPOINTS }, (_, index) => `one.${index % ENDPOINTS}`)
    const many = Array.from({ length: ROUNDS }, () => 'many')
    await deliver(relay, receiver, singles.slice(0, 500), 500)
    const single = await deliver(relay, receiver, singles, singles.length)
    const fanned = await deliver(relay, receiver, many, ROUNDS * ENDPOINTS)
    await relay.stop()
    await receiver.close()
    const value = fanned / single
    return {
      figures: [
        {
          name: `Delivery as one of ${ENDPOINTS} of an event`,
          against: 'one of its own event',
          value,
          result: `${value.toFixed(2)}× (${fanned.toFixed(2)} ms of ${single.toFixed(2)} ms)`,
          reach: REACH,
          bound: 'most',
          unit: 'times',
        },
      ],
    }
  })
}

/** Ms per delivery, from the first call until all are on record. */
async function deliver(
  relay: RelayProcess,
  receiver: BenchReceiver,
  types: readonly string[],
  deliveries: number,
): Promise<number> {
  const { reached } = receiver.count(deliveries)
  const startedAt = performance.now()
  const waiting = [...types]
  const lane = async (): Promise<void> => {
    for (let type = waiting.pop(); type !== undefined; type = waiting.pop())
      await relay.call('POST', '/events', { type, data: DATA })
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  await reached
  await settled(relay)
  return (performance.now() - startedAt) / deliveries
}
