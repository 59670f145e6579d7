import { z } from 'zod'
import { HeaderList } from './header.ts'
import { EventId, ProjectId, SourceId } from './ids.ts'

/** How a message came to be an event; `relayed` ones were captured by another Hookloop, and came over a link. */
export const EventOrigin = z.enum(['captured', 'ingested', 'triggered', 'composed', 'imported', 'relayed'])
export type EventOrigin = z.infer<typeof EventOrigin>

/** How whole the message is; only `complete` ones are delivered. */
export const Capture = z.enum(['complete', 'partial', 'malformed', 'refused'])
export type Capture = z.infer<typeof Capture>

/** The type of an event whose sender names none that we recognise. */
export const UNTYPED_EVENT = 'request'

/** The type of an event by which a sender asked whether an address is meant. It is answered, and delivered to nobody. */
export const HANDSHAKE_EVENT = 'handshake'

export const EventType = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.:/-]*$/, 'use letters, digits and . _ : / -')

/** One message; immutable once stored. Its bytes live apart, under `bodySha256`. */
export const EventRecord = z.object({
  id: EventId,
  projectId: ProjectId,
  sourceId: SourceId.nullable(),
  type: z.string(),
  provider: z.string().nullable(),
  origin: EventOrigin,
  /** The event whose message was edited to make this one; null of any other. */
  editedFrom: EventId.nullable().default(null),
  capture: Capture,
  /** Why a message is not complete, how a handshake ended, or where an imported one came from, in plain words. */
  captureNote: z.string().nullable(),
  receivedAt: z.number(),
  method: z.string(),
  /** The path as it came, undecoded. */
  path: z.string(),
  /** The raw query without its question mark; null where there was none. */
  query: z.string().nullable(),
  httpVersion: z.string(),
  headers: HeaderList,
  /** What followed a chunked body; never part of `headers`, nor relayed. */
  trailers: HeaderList,
  contentType: z.string().nullable(),
  /** Lower-case hex. */
  bodySha256: z.string(),
  bodySizeBytes: z.number().int().nonnegative(),
  /** What Content-Length promised, where the message is not complete. */
  declaredSizeBytes: z.number().int().nullable(),
  remoteAddress: z.string().nullable(),
  /** How many Hookloop hops the message has already made. */
  hops: z.number().int().nonnegative(),
})
export type EventRecord = z.infer<typeof EventRecord>
