import { z } from 'zod'
import { Attempt } from '#shared/model/attempt.ts'
import { Delivery } from '#shared/model/delivery.ts'
import { Endpoint, EndpointVersion } from '#shared/model/endpoint.ts'
import { EventRecord } from '#shared/model/event.ts'
import { EventVerdict } from '#shared/model/findings.ts'
import { Project } from '#shared/model/project.ts'
import { Replay } from '#shared/model/replay.ts'
import { Source } from '#shared/model/source.ts'

export const ARCHIVE_VERSION = 1

const response = Attempt.shape.response.unwrap()

const { shape } = Replay

/** Archives of before replays ran in the background do not say how one ran: it had made all its deliveries at once. */
const ArchivedReplay = z.object({
  ...shape,
  selection: shape.selection.default({ eventIds: [] }),
  target: shape.target.default({ takers: true }),
  editedEventId: shape.editedEventId.default(null),
  ratePerSecond: shape.ratePerSecond.default(null),
  state: shape.state.default('finished'),
  isCounted: shape.isCounted.default(true),
  total: shape.total.default(0),
  made: shape.made.default(0),
  leftOut: shape.leftOut.default({}),
  finishedAt: shape.finishedAt.default(null),
})

/** How many lines of each kind came before the end. */
export const ArchiveCounts = z.strictObject({
  sources: z.number(),
  endpoints: z.number(),
  replays: z.number(),
  events: z.number(),
  deliveries: z.number(),
  attempts: z.number(),
})
export type ArchiveCounts = z.infer<typeof ArchiveCounts>

/**
 * One line of an archive: its head, then what is pointed at before what points, then its end. Secrets are no part of it,
 * nor the keys under which pages ingest.
 */
export const ArchiveLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hookloop-archive'),
    version: z.number().int(),
    exportedAt: z.iso.datetime(),
    project: Project,
  }),
  z.strictObject({ kind: z.literal('source'), source: Source.omit({ ingestKey: true }), isDeleted: z.boolean() }),
  z.strictObject({
    kind: z.literal('endpoint'),
    endpoint: Endpoint.omit({ version: true }),
    versions: z.array(EndpointVersion).min(1).max(100_000),
    isDeleted: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('replay'), replay: ArchivedReplay }),
  z.strictObject({
    kind: z.literal('event'),
    event: EventRecord,
    verdict: EventVerdict.nullable(),
    message: z.strictObject({ id: z.string(), isProven: z.boolean() }).nullable(),
    bodyBase64: z.base64(),
  }),
  z.strictObject({ kind: z.literal('delivery'), delivery: Delivery }),
  z.strictObject({
    kind: z.literal('attempt'),
    attempt: z.object({
      ...Attempt.shape,
      response: response.omit({ body: true }).extend({ bodyBase64: z.base64() }).nullable(),
    }),
    requestBodyBase64: z.base64().nullable(),
  }),
  z.strictObject({ kind: z.literal('end'), counts: ArchiveCounts }),
])
export type ArchiveLine = z.infer<typeof ArchiveLine>

export const NO_LINES: ArchiveCounts = { sources: 0, endpoints: 0, replays: 0, events: 0, deliveries: 0, attempts: 0 }

/** Which count a line belongs to; null for the first and the last. */
export function countOf(kind: ArchiveLine['kind']): keyof ArchiveCounts | null {
  switch (kind) {
    case 'source':
    case 'endpoint':
    case 'replay':
    case 'event':
    case 'attempt':
      return `${kind}s`
    case 'delivery':
      return 'deliveries'
    case 'hookloop-archive':
    case 'end':
      return null
  }
}

/** Why an archive cannot be taken, and in which line; nothing of it was kept. */
export class ArchiveError extends Error {
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ArchiveError'
    this.hint = hint
  }
}
