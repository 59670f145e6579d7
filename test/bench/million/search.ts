// How long the API takes for a page of a filter: among ten thousand events, and among a million.
import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'
import { percentile, report, type Measure } from '../report.ts'
import { filledData } from './fill.ts'

const FEW = 10_000
const MANY = Number(process.env['HOOKLOOP_BENCH_EVENTS'] ?? 1_000_000)
const SAMPLES = 20
const LIMIT_MS = 150

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

const few = await measured(FEW)
const many = await measured(MANY)
const ms = (value: number) => `${value.toFixed(1)} ms`
report(
  `A page of 100 events by the API: p95 of ${SAMPLES}, among ${FEW.toLocaleString('en')} and ${MANY.toLocaleString('en')}`,
  Object.keys(FILTERS).map((name): Measure => {
    const [before, after] = [few.get(name) ?? 0, many.get(name) ?? 0]
    return { name, result: `${ms(before)} → ${ms(after)}`, limit: ms(LIMIT_MS), kept: after <= LIMIT_MS }
  }),
)

async function measured(count: number): Promise<Map<string, number>> {
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
