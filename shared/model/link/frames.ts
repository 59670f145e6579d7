import { z } from 'zod'
import { EventRecord } from '../event.ts'
import { EventVerdict } from '../findings.ts'
import { EventId, SourceId } from '../ids.ts'
import { RepeatCause, SubscriberName } from './subscription.ts'

const Instant = z.iso.datetime({ precision: 3 })
const record = EventRecord.shape

/** An event as a relay hands it on: byte for byte what came, and what was found about it. */
export const RelayedEvent = z.object({
  id: EventId,
  type: record.type,
  provider: record.provider,
  origin: z.enum(['captured', 'ingested']),
  receivedAt: Instant,
  method: record.method,
  path: record.path,
  query: record.query,
  httpVersion: record.httpVersion,
  headers: record.headers,
  trailers: record.trailers,
  contentType: record.contentType,
  bodySha256: record.bodySha256,
  bodySizeBytes: record.bodySizeBytes,
  bodyBase64: z.base64().nullable().describe('Null where it is large: then it is fetched by itself.'),
  remoteAddress: record.remoteAddress,
  hops: record.hops,
  verdict: EventVerdict.nullable(),
  messageId: z.string().nullable(),
})
export type RelayedEvent = z.infer<typeof RelayedEvent>

export const LagView = z.object({
  events: z.number().int().describe('Events that are not acknowledged, those under way among them.'),
  isMore: z.boolean().describe('There are more than were counted.'),
  oldestAt: Instant.nullable().describe('When the oldest of them was received.'),
  lastEventAt: Instant.nullable().describe('When the source received its newest event.'),
  missed: z.number().int().describe('How many were deleted before they were acknowledged.'),
})
export type LagView = z.infer<typeof LagView>

export const EndReason = z.enum(['taken_over', 'silent', 'source_gone', 'deleted', 'stopping'])
export type EndReason = z.infer<typeof EndReason>

/** What a relay tells a subscriber, in order. A reader passes over types that it does not know. */
export const LinkFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    version: z.string().describe('Of the relay’s program.'),
    protocol: z.number().int(),
    connection: z.string().describe('Names this connection in acknowledgements.'),
    heartbeatMs: z.number().int().describe('How often each end shows that it is alive.'),
    silenceMs: z.number().int().describe('After so long without a sign, each end gives the other up.'),
    window: z.number().int().describe('So many events are under way at most.'),
    source: z.object({ id: SourceId, slug: z.string(), name: z.string(), provider: z.string().nullable() }),
    subscriber: SubscriberName,
    isGroup: z.boolean(),
    lag: LagView,
  }),
  z.object({
    type: z.literal('event'),
    event: RelayedEvent,
    repeat: z
      .object({
        sends: z.number().int().describe('How often it has gone out, this time among them.'),
        cause: RepeatCause,
      })
      .nullable()
      .describe('Why it goes out again; null for the first time.'),
  }),
  z.object({ type: z.literal('alive'), at: Instant, lag: LagView }),
  z.object({ type: z.literal('end'), reason: EndReason, message: z.string() }),
])
export type LinkFrame = z.infer<typeof LinkFrame>
