import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'
import { withCopyOf } from '../kept-data.ts'
import { percentile } from '../report.ts'
import { eventsData } from './fill.ts'

export const SAMPLES = 100
const WARM = 5
const HOUR_MS = 3_600_000

/** What is asked, differing from time to time so that no answer is one kept. */
const FILTERS: Readonly<Record<string, (sample: number, newestAt: number) => string>> = {
  All: () => '',
  'type:order.paid': () => 'type:order.paid',
  'type:order.*': () => 'type:order.*',
  'source:shop': () => 'source:shop',
  'state:held': () => 'state:held',
  'endpoint:…': () => 'endpoint:Orders',
  'verdict:invalid': () => 'verdict:invalid',
  'provider:stripe': () => 'provider:stripe',
  'capture:partial': () => 'capture:partial',
  'origin:captured': () => 'origin:captured',
  'since two hours ago': (_, newestAt) => `since:${ago(newestAt, 2)}`,
  'until four hours ago': (_, newestAt) => `until:${ago(newestAt, 4)}`,
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
export function measurePages(count: number): Promise<Map<string, number>> {
  return withCopyOf(eventsData(count), async (data) => {
    const relay = await startRelay(data)
    const found = new Map<string, number>()
    const { items } = await relay.call<{ items: { receivedAt: string }[] }>('GET', '/events?limit=1')
    const newestAt = Date.parse(items[0]!.receivedAt)
    try {
      for (const [name, filterOf] of Object.entries(FILTERS)) {
        for (let sample = 0; sample < WARM; sample++) await ask(relay, filterOf(SAMPLES + sample, newestAt))
        const took: number[] = []
        for (let sample = 0; sample < SAMPLES; sample++) took.push(await ask(relay, filterOf(sample, newestAt)))
        found.set(name, percentile(took, 0.95))
      }
    } finally {
      await relay.stop()
    }
    return found
  })
}

function ago(at: number, hours: number): string {
  return new Date(at - hours * HOUR_MS).toISOString()
}

/** How long one page took, in ms. */
async function ask(relay: RelayProcess, filter: string): Promise<number> {
  const startedAt = performance.now()
  await relay.call('GET', `/events?limit=100${filter === '' ? '' : `&filter=${encodeURIComponent(filter)}`}`)
  return performance.now() - startedAt
}
