import { expect, it } from 'vitest'
import { asksDeliveries, judgeDelivery, judgeEvent } from '../../../src-renderer/platform/filter/judge.ts'

const NOW = Date.UTC(2026, 10, 28, 12)
const event = {
  type: 'audit.completed.late',
  source: 'inbox',
  sourceId: 'src_1',
  provider: 'crawlux',
  origin: 'captured',
  capture: 'complete',
  verdict: { verdict: 'invalid' },
  receivedAt: new Date(NOW).toISOString(),
} as unknown as Parameters<typeof judgeEvent>[1]
const delivery = {
  eventId: 'evt_1',
  replayId: null,
  endpointId: 'end_1',
  endpointName: 'CRM sync',
  eventType: 'audit.completed',
  state: 'failed',
  lastFailure: 'timed_out',
  createdAt: new Date(NOW - 3_600_000).toISOString(),
} as unknown as Parameters<typeof judgeDelivery>[1]

it('RPL-4 judges a new event by what a list shows of it', () => {
  const takes = (filter: string) => judgeEvent(filter, event, NOW)
  expect(takes('')).toBe(true)
  expect(takes('type:audit.* source:inbox,shop verdict:invalid')).toBe(true)
  expect(takes('source:src_1')).toBe(true)
  expect(takes('type:audits.*')).toBe(false)
  expect(takes('-verdict:invalid')).toBe(false)
  expect(takes('since:1m')).toBe(true)
  expect(takes('until:1m')).toBe(false)
})

it('RPL-4 leaves to the engine what only that knows, unless another part surely fails', () => {
  const takes = (filter: string) => judgeEvent(filter, event, NOW)
  for (const filter of ['refund', '$.a=1', 'header:x-a', 'state:failed', 'endpoint:crm', '-refund']) {
    expect(takes(filter), filter).toBeNull()
    expect(takes(`${filter} type:audit.*`), filter).toBeNull()
    expect(takes(`${filter} type:order.paid`), filter).toBe(false)
  }
})

it('RPL-4 judges a delivery as it stands', () => {
  const takes = (filter: string) => judgeDelivery(filter, delivery, NOW)
  expect(takes('state:failed,held endpoint:"crm SYNC" type:audit.* reason:timed_out event:evt_1 since:2h')).toBe(true)
  expect(takes('endpoint:end_1')).toBe(true)
  expect(takes('endpoint:none')).toBe(false)
  expect(takes('replay:rpl_1')).toBe(false)
  expect(takes('-state:failed')).toBe(false)
  expect(takes('status:5xx')).toBeNull()
  expect(takes('status:5xx state:held')).toBe(false)
})

it('RPL-4 tells which lists of events hang on how deliveries stand', () => {
  expect(asksDeliveries('type:a state:failed')).toBe(true)
  expect(asksDeliveries('status:500')).toBe(true)
  expect(asksDeliveries('type:a refund')).toBe(false)
})
