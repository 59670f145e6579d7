import { z } from 'zod'
import { Trigger } from './delivery.ts'
import { Failure } from './failure.ts'
import { HeaderList } from './header.ts'
import { AttemptId, DeliveryId, EndpointId, EndpointVersionId, EventId, ProjectId } from './ids.ts'

export const AttemptOutcome = z.enum(['succeeded', 'failed', 'interrupted', 'simulated'])
export type AttemptOutcome = z.infer<typeof AttemptOutcome>

/** How long each stage took, in ms; null where it did not happen (a kept-alive socket has no dns, connect, tls). */
export const Timings = z.object({
  dnsMs: z.number().nullable(),
  connectMs: z.number().nullable(),
  tlsMs: z.number().nullable(),
  /** From the last stage's end to the first byte of the answer. */
  firstByteMs: z.number().nullable(),
  bodyMs: z.number().nullable(),
  totalMs: z.number(),
})
export type Timings = z.infer<typeof Timings>

export const NO_TIMINGS: Timings = {
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteMs: null,
  bodyMs: null,
  totalMs: 0,
}

/** One HTTP try, with its request as sent but for masked secrets. */
export const Attempt = z.object({
  id: AttemptId,
  projectId: ProjectId,
  deliveryId: DeliveryId,
  eventId: EventId,
  endpointId: EndpointId.nullable(),
  endpointVersionId: EndpointVersionId.nullable(),
  number: z.number().int().positive(),
  trigger: Trigger,
  outcome: AttemptOutcome,
  startedAt: z.number(),
  finishedAt: z.number(),
  /** Null where nothing could be built. */
  request: z
    .object({
      method: z.string(),
      url: z.string(),
      headers: HeaderList,
      bodySizeBytes: z.number(),
      signedWith: z
        .array(z.number())
        .readonly()
        .optional()
        .describe('Versions of the endpoint’s signing secret that signed it; left out where nobody did.'),
    })
    .nullable(),
  response: z
    .object({
      status: z.number().int(),
      headers: HeaderList,
      /** The kept start of the answer's body, as received. */
      body: z.instanceof(Uint8Array),
      truncated: z.boolean(),
      remoteAddress: z.string().nullable(),
    })
    .nullable(),
  failure: Failure.nullable(),
  timings: Timings,
  nextAttemptAt: z.number().nullable(),
})
export type Attempt = z.infer<typeof Attempt>
