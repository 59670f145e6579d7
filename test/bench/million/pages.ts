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

export interface PageCost {
  /** Ms. */
  p95: number
  /** Events on it. */
  rows: number
}

const FULL_PAGE = 100

/** What each filter's first page costs among `count` events; of at most `limitOf(name)` events where it is given. */
export function measurePages(
  count: number,
  limitOf: (name: string) => number = () => FULL_PAGE,
): Promise<Map<string, PageCost>> {
  return withCopyOf(eventsData(count), async (data) => {
    const relay = await startRelay(data)
    const found = new Map<string, PageCost>()
    const { items } = await relay.call<Page>('GET', '/events?limit=1')
    const newestAt = Date.parse(items[0]!.receivedAt)
    try {
      for (const [name, filterOf] of Object.entries(FILTERS)) {
        const ask = (sample: number) => askFor(relay, filterOf(sample, newestAt), limitOf(name))
        for (let sample = 0; sample < WARM; sample++) await ask(SAMPLES + sample)
        const pages: { ms: number; rows: number }[] = []
        for (let sample = 0; sample < SAMPLES; sample++) pages.push(await ask(sample))
        found.set(name, {
          p95: percentile(
            pages.map(({ ms }) => ms),
            0.95,
          ),
          rows: Math.max(...pages.map(({ rows }) => rows)),
        })
      }
    } finally {
      await relay.stop()
    }
    return found
  })
}

interface Page {
  items: { receivedAt: string }[]
}

function ago(at: number, hours: number): string {
  return new Date(at - hours * HOUR_MS).toISOString()
}

async function askFor(relay: RelayProcess, filter: string, limit: number): Promise<{ ms: number; rows: number }> {
  const startedAt = performance.now()
  const query = `limit=${limit}${filter === '' ? '' : `&filter=${encodeURIComponent(filter)}`}`
  const { items } = await relay.call<Page>('GET', `/events?${query}`)
  return { ms: performance.now() - startedAt, rows: items.length }
}
