import { z } from 'zod'
import { AttemptOutcome, Timings } from '../attempt.ts'
import { DeliveryState, Trigger } from '../delivery.ts'
import { Capture, EventOrigin } from '../event.ts'
import { Failure } from '../failure.ts'
import { EventVerdict } from '../findings.ts'
import { HeaderList } from '../header.ts'

/** The version of the lines that are written; none other is read. */
export const LINES_VERSION = 1

const Instant = z.iso.datetime()

/** Bytes: as text where they are UTF-8, else as base64. */
export const ExportedBody = z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.base64() })])
export type ExportedBody = z.infer<typeof ExportedBody>

export const ExportedAttempt = z.object({
  id: z.string(),
  number: z.number().int(),
  trigger: Trigger,
  outcome: AttemptOutcome,
  startedAt: Instant,
  finishedAt: Instant,
  request: z
    .object({ method: z.string(), url: z.string(), headers: HeaderList, body: ExportedBody.nullable() })
    .nullable(),
  response: z
    .object({ status: z.number().int(), headers: HeaderList, body: ExportedBody, truncated: z.boolean() })
    .nullable(),
  failure: Failure.nullable(),
  timings: Timings,
})
export type ExportedAttempt = z.infer<typeof ExportedAttempt>

export const ExportedDelivery = z.object({
  id: z.string(),
  endpoint: z.string().nullable().describe('The name of its endpoint; null where it went to a plain URL.'),
  url: z.string().nullable(),
  state: DeliveryState,
  createdAt: Instant,
  attempts: z.array(ExportedAttempt),
})
export type ExportedDelivery = z.infer<typeof ExportedDelivery>

/** An event with all that is known of it, as programs elsewhere read it. */
export const ExportedEvent = z.object({
  id: z.string(),
  type: z.string(),
  provider: z.string().nullable(),
  source: z.string().nullable(),
  origin: EventOrigin,
  capture: Capture,
  captureNote: z.string().nullable(),
  receivedAt: Instant,
  method: z.string(),
  path: z.string(),
  query: z.string().nullable(),
  httpVersion: z.string(),
  headers: HeaderList,
  trailers: HeaderList,
  contentType: z.string().nullable(),
  remoteAddress: z.string().nullable(),
  body: ExportedBody,
  verdict: EventVerdict.nullable(),
  messageId: z.string().nullable(),
  deliveries: z.array(ExportedDelivery),
})
export type ExportedEvent = z.infer<typeof ExportedEvent>

/** One line of a file of JSON Lines: its head, an event for each further line, and its end. */
export const ExchangeLine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hookloop-events'),
    version: z.number().int(),
    exportedAt: Instant,
    secrets: z.enum(['hidden', 'included']),
  }),
  z.object({ kind: z.literal('event'), ...ExportedEvent.shape }),
  z.object({ kind: z.literal('end'), events: z.number().int() }),
])
export type ExchangeLine = z.infer<typeof ExchangeLine>
