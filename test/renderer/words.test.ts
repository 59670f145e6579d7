import { expect, it } from 'vitest'
import type { Policy } from '#shared/model/policy.ts'
import { policyWords, waitsOf } from '../../src-renderer/ui/format/policy-words.ts'
import { formatBytes, plural } from '../../src-renderer/ui/format/size.ts'
import { slugOf } from '../../src-renderer/ui/format/slug.ts'
import { formatOffset, formatSpan, formatTook, formatWait } from '../../src-renderer/ui/format/time.ts'

it('says sizes in steps of a thousand', () => {
  expect([0, 999, 1_000, 2_149, 48_000, 999_700, 26_214_400].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '2.1 kB',
    '48 kB',
    '1.0 MB',
    '26 MB',
  ])
})

it('says times no finer than they matter', () => {
  expect([0.43, 41.2, 5_000].map(formatTook)).toEqual(['0.4 ms', '41 ms', '5.0 s'])
  expect([120, 1_500, 15_000].map(formatSpan)).toEqual(['120 ms', '1.5 s', '15 s'])
  expect([5_000, 1_260_000, 9_360_000, 97_200_000].map(formatWait)).toEqual(['5 s', '21 min', '2 h 36', '1 d 3 h'])
  expect([5_000, 305_000, 9_305_000, 63_305_000].map(formatOffset)).toEqual(['+5 s', '+5 min', '+2 h 35', '+18 h'])
})

it('counts in words', () => {
  expect([plural(1, 'delivery', 'deliveries'), plural(1_284, 'event')]).toEqual(['1 delivery', '1,284 events'])
})

it('makes a slug of a name', () => {
  expect([slugOf('Shop API'), slugOf(' Café № 5! '), slugOf('---')]).toEqual(['shop-api', 'cafe-no-5', ''])
})

const POLICY: Policy = {
  preset: 'test',
  timeoutMs: 10_000,
  success: [200, 201],
  expectedContentType: null,
  schedule: { kind: 'exponential', retries: 2, baseMs: 5_000, factor: 4, capMs: 15_000, jitter: 0.2 },
  clientErrors: { stop: true, except: [429] },
  retryAfter: { honour: true, capMs: 0 },
  goneAction: 'none',
  breaker: { consecutiveFailures: 20, probeAfterMs: 60_000 },
  redirects: 'stop',
  stop: { statuses: [], headers: [] },
  networkErrors: 'retry',
  invalidAnswers: 'stop',
  concurrency: 1,
  ratePerSecond: null,
  ordered: false,
  bodyLimitBytes: null,
  encoding: 'raw',
  scheduled: 'follow',
  notifyOnFailure: false,
  responseLimitBytes: 0,
  provider: 'none',
  manualRetryMs: null,
}

it('says what a policy does in sentences', () => {
  expect(waitsOf(POLICY.schedule)).toEqual([5_000, 15_000])
  expect(policyWords(POLICY)).toEqual([
    'A first try at once, then again after 5 s, 15 s (±20 %).',
    '10 s for the whole answer; 200, 201 counts as delivered.',
    'A 4xx answer ends the delivery, but 429 is retried.',
    '20 failures in a row pause it, and one try after 1 min finds out whether it is well.',
  ])
})

it('says what is special about a policy', () => {
  const special: Policy = {
    ...POLICY,
    schedule: { kind: 'list', waitsMs: Array.from({ length: 60 }, () => 60_000), repeat: null, jitter: 0 },
    stop: { statuses: [406], headers: [{ name: 'webhook-delivery', value: 'disable', action: 'pause' }] },
    networkErrors: 'stop',
    ordered: true,
    ratePerSecond: 5,
    bodyLimitBytes: 65_536,
    encoding: 'form',
    scheduled: 'keep',
    notifyOnFailure: true,
  }
  expect(policyWords(special)[0]).toMatch(/^A first try at once, then again after (?:1 min, ){11}1 min … 60 times\.$/)
  expect(policyWords(special).slice(4)).toEqual([
    'The answer header “webhook-delivery: disable” ends the delivery and pauses the endpoint.',
    '406 ends the delivery.',
    'A network error ends the delivery; a timeout or a reset does not.',
    'The body goes out as a form of its top-level fields.',
    'A body over 66 kB is not sent.',
    'One at a time, in order: a failing one holds up the rest.',
    'At most 5 attempts a second.',
    'What waits keeps its address when the URL changes.',
    'The project’s notification URL is told of a delivery that fails.',
  ])
})
