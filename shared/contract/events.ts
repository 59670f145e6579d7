import { z } from 'zod'
import { DeliveryTally } from '../model/delivery.ts'
import { Capture, EventRecord, EventType } from '../model/event.ts'
import { Diagnosis } from '../model/diagnosis.ts'
import { DriftFinding } from '../model/schema/drift.ts'
import { JsonSchema } from '../model/own-event-type.ts'
import { Findings } from '../model/findings.ts'
import { HeaderList } from '../model/header.ts'
import { SweepCounts } from '../model/retention.ts'
import { Verdict } from '../model/verdict.ts'
import { ById, changes, FilterText, InProject, Instant, PageInput, pageOf, reads } from './base.ts'
import { manyEvents } from './events/many-events.ts'

const record = EventRecord.shape

export const EventSummary = z.object({
  id: record.id,
  projectId: record.projectId,
  type: record.type,
  provider: record.provider,
  sourceId: record.sourceId,
  source: z.string().nullable().describe('The slug of its source; null where it came another way.'),
  origin: record.origin,
  editedFrom: record.editedFrom.describe('The event that was edited to make this one.'),
  capture: record.capture,
  captureNote: record.captureNote,
  receivedAt: Instant,
  method: record.method,
  path: record.path,
  contentType: record.contentType,
  bodySizeBytes: record.bodySizeBytes,
  ...Findings.shape,
  drift: z
    .number()
    .describe(
      'At how many places the body does not fit the schema of its type; 0 also where nothing is known of that.',
    ),
  deliveries: DeliveryTally,
})
export type EventSummary = z.infer<typeof EventSummary>

export const EventDetail = z.object({
  ...EventSummary.shape,
  query: record.query,
  httpVersion: record.httpVersion,
  headers: record.headers,
  trailers: record.trailers,
  bodySha256: record.bodySha256,
  declaredSizeBytes: record.declaredSizeBytes,
  remoteAddress: record.remoteAddress,
  hops: record.hops,
})
export type EventDetail = z.infer<typeof EventDetail>

export const EventSchemaView = z.object({
  type: z
    .object({ provider: z.string(), name: z.string(), id: z.string(), builtIn: z.boolean(), inferred: z.boolean() })
    .nullable()
    .describe('Its type in the catalog; null where that knows none.'),
  schema: JsonSchema.nullable(),
  findings: z.array(DriftFinding).nullable().describe('Null where it cannot be judged.'),
  reason: z.enum(['no_type', 'not_complete', 'not_json', 'too_large']).nullable().describe('Why it cannot.'),
})
export type EventSchemaView = z.infer<typeof EventSchemaView>

/** Parts of a filter by themselves, and the whole of one as text; all must hold. */
export const EventFilterInput = z.object({
  filter: FilterText.optional().describe(
    'Such as `type:audit.* state:failed $.data.id=42 "some text" -source:inbox`; all parts must hold.',
  ),
  q: z.string().max(200).optional().describe('Text to find in type, path, headers or body.'),
  type: z.string().max(200).optional().describe('An exact type, or a prefix such as `audit.*`.'),
  source: z.string().optional().describe('A source’s id or slug.'),
  capture: Capture.optional(),
  verdict: Verdict.shape.verdict.optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
})

export const events = {
  ...manyEvents,
  list: reads('events:read', ['invalid_filter'])
    .route({
      method: 'GET',
      path: '/events',
      summary: 'List events',
      description:
        'A search that takes very long answers with what it found so far, perhaps nothing: `nextCursor` goes on from there.',
      tags: ['Events'],
    })
    .input(z.object({ ...InProject.shape, ...PageInput.shape, ...EventFilterInput.shape }))
    .output(pageOf(EventSummary)),
  count: reads('events:read', ['invalid_filter'])
    .route({ method: 'GET', path: '/events/count', summary: 'Count the events that fit a filter', tags: ['Events'] })
    .input(
      z.object({
        ...InProject.shape,
        ...EventFilterInput.shape,
        most: z.coerce
          .number()
          .int()
          .min(1)
          .max(100_000)
          .default(10_000)
          .describe('Beyond so many nothing is counted.'),
      }),
    )
    .output(z.object({ count: z.number(), isMore: z.boolean().describe('Whether there are more than were counted.') })),
  get: reads('events:read')
    .route({ method: 'GET', path: '/events/{id}', summary: 'Show an event', tags: ['Events'] })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(EventDetail),
  diagnose: reads('events:read')
    .route({
      method: 'GET',
      path: '/events/{id}/diagnose',
      summary: 'Explain why a captured event does not verify',
      description:
        'Judges it by its source as it is now, at the time when it came, and tries the secrets of the project’s other sources and endpoints too. It names them and never shows one.',
      tags: ['Events'],
    })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(Diagnosis),
  schema: reads('events:read')
    .route({
      method: 'GET',
      path: '/events/{id}/schema',
      summary: 'Hold an event against the schema of its type',
      description: 'By the schema as it is now. Bodies over 256 KiB are not judged.',
      tags: ['Events'],
    })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(EventSchemaView),
  create: changes('events:write', 'event.create', ['idempotency_mismatch', 'unknown_provider'])
    .route({
      method: 'POST',
      path: '/events',
      summary: 'Compose an event',
      description:
        'Give `data` (stored as its JSON) or `bodyBase64` with `contentType`. A used `idempotencyKey` answers with the first event for 24 hours, or 409 where the content differs.',
      tags: ['Events'],
      successStatus: 201,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        type: EventType,
        data: z.json().optional(),
        bodyBase64: z.base64().optional(),
        contentType: z.string().max(200).optional(),
        headers: HeaderList.optional().describe('Beside the content type; they go out with it.'),
        provider: z.string().max(60).optional().describe('Only names the type; the endpoint’s provider signs.'),
        idempotencyKey: z.string().min(1).max(255).optional(),
      }),
    )
    .output(EventDetail),
  body: reads('events:read')
    .route({
      method: 'GET',
      path: '/events/{id}/body',
      summary: 'Download an event’s body',
      description: 'The raw bytes as application/octet-stream.',
      tags: ['Events'],
    })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(z.file().mime('application/octet-stream')),
  delete: changes('events:write', 'event.delete')
    .route({
      method: 'DELETE',
      path: '/events/{id}',
      summary: 'Delete an event',
      description: 'With its deliveries and attempts, whatever waits.',
      tags: ['Events'],
    })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(SweepCounts),
}
