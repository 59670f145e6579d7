import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'
import { percentile } from '../report.ts'
import { filledData } from './fill.ts'

export const SAMPLES = 20

/** What is asked, differing from time to time so that no answer is one kept. */
const FILTERS: Readonly<Record<string, (sample: number) => string>> = {
  All: () => '',
  'type:order.paid': () => 'type:order.paid',
  'type:order.*': () => 'type:order.*',
  'source:shop': () => 'source:shop',
  'state:held': () => 'state:held',
  'since:2h': () => 'since:2h',
  'header:x-topic=…': () => 'header:x-topic=audit.failed',
  '$.customer.id=…': (sample) => `$.customer.id=cus_${sample * 37}`,
  '$.amount>…': (sample) => `$.amount>99${sample % 10}`,
  'a rare word': () => 'mangrove',
  'a common word': () => 'juniper',
  'an address': (sample) => `person${1_000 + sample}@example.com`,
  'two letters': () => 'qz',
  'nothing such': (sample) => `nobody-${sample}-wrote-this`,
  several: () => 'type:order.* source:shop -header:x-none mangrove',
}

/** The p95 of each filter's first page among `count` events, in ms. */
export async function measurePages(count: number): Promise<Map<string, number>> {
  const relay = await startRelay(await filledData(count))
  const found = new Map<string, number>()
  try {
    for (const [name, filterOf] of Object.entries(FILTERS)) {
      await ask(relay, filterOf(SAMPLES))
      const took: number[] = []
      for (let sample = 0; sample < SAMPLES; sample++) took.push(await ask(relay, filterOf(sample)))
      found.set(name, percentile(took, 0.95))
    }
  } finally {
    await relay.stop()
  }
  return found
}

/** How long one page took, in ms. */
async function ask(relay: RelayProcess, filter: string): Promise<number> {
  const startedAt = performance.now()
  await relay.call('GET', `/events?limit=100${filter === '' ? '' : `&filter=${encodeURIComponent(filter)}`}`)
  return performance.now() - startedAt
}
