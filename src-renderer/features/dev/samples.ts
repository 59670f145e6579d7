import type { AttemptView, DeliveryView } from '#shared/contract/deliveries.ts'
import type { Timings } from '#shared/model/attempt.ts'
import type { DeliveryState } from '#shared/model/delivery.ts'
import type { Forecast } from '#shared/model/forecast.ts'

const MINUTE_MS = 60_000
const START_AT = Date.UTC(2026, 0, 2, 12)
const at = (ms: number): string => new Date(START_AT + ms).toISOString()

export const TIMINGS: Timings = { dnsMs: 2, connectMs: 11, tlsMs: 24, firstByteMs: 180, bodyMs: 6, totalMs: 223 }

export function deliveryOf(state: DeliveryState): DeliveryView {
  return {
    id: 'dlv_01M8000000000000000000',
    projectId: 'prj_01M8000000000000000000',
    eventId: 'evt_01M8000000000000000000',
    eventType: 'order.paid',
    endpointId: 'end_01M8000000000000000000',
    endpointName: 'Billing',
    targetUrl: null,
    url: 'https://shop.example/hooks',
    replayId: null,
    sender: null,
    state,
    dueAt: state === 'scheduled' ? at(30 * MINUTE_MS) : null,
    nextTrigger: 'automatic',
    tries: 2,
    attempts: 2,
    lastStatus: 500,
    lastFailure: null,
    createdAt: at(0),
    updatedAt: at(5 * MINUTE_MS),
  } as DeliveryView
}

export const ATTEMPTS = [
  [1, 'failed', 0, 500],
  [2, 'succeeded', 5 * MINUTE_MS, 200],
].map(
  ([number, outcome, startMs, status]) =>
    ({
      id: `att_${number}`,
      deliveryId: deliveryOf('failed').id,
      endpointVersionId: null,
      number,
      trigger: 'automatic',
      outcome,
      startedAt: at(Number(startMs)),
      finishedAt: at(Number(startMs) + 223),
      request: null,
      response: {
        status,
        headers: [],
        bodyBase64: '',
        decoded: null,
        truncated: false,
        remoteAddress: null,
        raw: null,
      },
      failure: null,
      timings: TIMINGS,
      nextAttemptAt: null,
    }) as unknown as AttemptView,
)

export const FORECAST: readonly string[] = [at(30 * MINUTE_MS), at(120 * MINUTE_MS)]

export const POLICY_FORECAST: Forecast = {
  attempts: [0, 1, 6, 36].map((minutes, index) => ({
    number: index + 1,
    at: {
      earliestMs: minutes * MINUTE_MS * 0.8,
      expectedMs: minutes * MINUTE_MS,
      latestMs: minutes * MINUTE_MS * 1.2,
    },
    tookMs: 100,
    status: index === 3 ? 200 : 500,
    failure: null,
    outcome: index === 3 ? 'succeeded' : 'failed',
    sure: true,
  })),
  end: {
    state: 'succeeded',
    reason: 'delivered',
    at: { earliestMs: 0, expectedMs: 36 * MINUTE_MS, latestMs: 0 },
    words: 'Delivered by try 4.',
  },
  breakerOpensAtMs: null,
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export const JSON_BODY = bytesOf('{"id":"ord_1001","total":24.90,"lines":[{"sku":"tea","count":2}],"paid":true}')
export const OTHER_BODY = bytesOf('{"id":"ord_1001","total":19.90,"lines":[{"sku":"tea","count":1}],"paid":true}')
export const XML_BODY = bytesOf('<order id="1001"><line sku="tea" count="2"/></order>')
export const FORM_BODY = bytesOf('order=1001&total=24.90')
export const BINARY_BODY = Uint8Array.from({ length: 64 }, (_, index) => (index * 37) % 256)
export const MULTIPART_TYPE = 'multipart/form-data; boundary=part'
export const MULTIPART_BODY = bytesOf(
  '--part\r\nContent-Disposition: form-data; name="order"\r\nContent-Type: application/json\r\n\r\n{"id":1001}\r\n--part--\r\n',
)
export const TEXT_BEFORE = bytesOf('one\ntwo\nthree\n')
export const TEXT_AFTER = bytesOf('one\n2\nthree\nfour\n')

export const HEADERS = [
  ['Content-Type', 'application/json'],
  ['X-Signature', 'sha256=2f7c…'],
] as const

export const SCHEMA = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, total: { type: 'number' } },
}

export const CHART_AT = Array.from({ length: 12 }, (_, index) => START_AT + index * 5 * MINUTE_MS)
export const CHART_STEP_MS = 5 * MINUTE_MS
