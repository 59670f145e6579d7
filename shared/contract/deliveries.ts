import { z } from 'zod'
import { Attempt } from '../model/attempt.ts'
import { Delivery, DeliveryState } from '../model/delivery.ts'
import { Failure } from '../model/failure.ts'
import { RevealedView } from './vault/secrets.ts'
import { ById, changes, FilterText, InProject, Instant, PageInput, pageOf, reads } from './base.ts'

export const DeliveryView = z.object({
  ...Delivery.omit({ resign: true, pinnedVersionId: true }).shape,
  endpointName: z.string().nullable(),
  url: z.string().describe('Where it goes: the endpoint’s URL now, or its own target.'),
  dueAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type DeliveryView = z.infer<typeof DeliveryView>

/** A failure with the words for a person. */
export const FailureView = z.object({
  ...Failure.shape,
  title: z.string(),
  explanation: z.string(),
  processed: z.enum(['no', 'maybe', 'yes']).describe('Whether the receiver may have handled the request.'),
  nextStep: z.string(),
})
export type FailureView = z.infer<typeof FailureView>

const attempt = Attempt.shape

/** What a receiver answered. */
export const AnswerView = z.object({
  status: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  bodyBase64: z.string().describe('As received: compressed where the receiver compressed it.'),
  decoded: z
    .object({ bodyBase64: z.string(), note: z.string().nullable() })
    .nullable()
    .describe('The body with its content encoding undone, up to a limit; null where it has none.'),
  truncated: z.boolean(),
  remoteAddress: z.string().nullable(),
})
export type AnswerView = z.infer<typeof AnswerView>

export const AttemptView = z.object({
  id: attempt.id,
  deliveryId: attempt.deliveryId,
  endpointVersionId: attempt.endpointVersionId,
  number: attempt.number,
  trigger: attempt.trigger,
  outcome: attempt.outcome,
  startedAt: Instant,
  finishedAt: Instant,
  request: attempt.request,
  response: z
    .object({
      ...AnswerView.shape,
      raw: z
        .object({ revealed: RevealedView.nullable().describe('Null while it can be revealed, one time.') })
        .nullable()
        .describe('The answer as it came, where secrets of the endpoint stand in it and are masked here; else null.'),
    })
    .nullable(),
  failure: FailureView.nullable(),
  timings: attempt.timings,
  nextAttemptAt: Instant.nullable(),
})
export type AttemptView = z.infer<typeof AttemptView>

const id = z.object({ ...ById.shape, ...InProject.shape })

export const deliveries = {
  list: reads('deliveries:read', ['invalid_filter'])
    .route({ method: 'GET', path: '/deliveries', summary: 'List deliveries', tags: ['Deliveries'] })
    .input(
      z.object({
        ...InProject.shape,
        ...PageInput.shape,
        eventId: z.string().optional(),
        endpointId: z.string().optional(),
        replayId: z.string().optional(),
        state: z
          .union([DeliveryState, z.array(DeliveryState)])
          .optional()
          .describe('One state, or several by repeating it.'),
        filter: FilterText.optional().describe(
          'Such as `state:failed endpoint:"CRM sync" status:5xx since:2h`; all parts must hold.',
        ),
      }),
    )
    .output(pageOf(DeliveryView)),
  get: reads('deliveries:read')
    .route({ method: 'GET', path: '/deliveries/{id}', summary: 'Show a delivery', tags: ['Deliveries'] })
    .input(id)
    .output(
      z.object({
        ...DeliveryView.shape,
        forecast: z
          .array(Instant)
          .describe('When further attempts would come if each one failed at once, the next first; jitter left out.'),
      }),
    ),
  attempts: reads('deliveries:read')
    .route({
      method: 'GET',
      path: '/deliveries/{id}/attempts',
      summary: 'List the attempts of a delivery, oldest first',
      tags: ['Deliveries'],
    })
    .input(id)
    .output(z.object({ items: z.array(AttemptView) })),
  revealAnswer: changes('secrets:reveal', 'answer.reveal', ['already_revealed', 'reveal_limit', 'vault_locked'])
    .route({
      method: 'POST',
      path: '/attempts/{id}/reveal',
      summary: 'Show an answer as it came, with the secrets in it, one time',
      description:
        'For an attempt whose `response.raw` is not null. It is shown one time only, and counts among the 10 reveals an hour of the endpoint’s secrets. Every try is recorded before it is answered.',
      tags: ['Deliveries'],
    })
    .input(id)
    .output(
      z.object({
        id: z.string(),
        response: AnswerView,
        revealedAt: Instant,
        left: z.number().describe('How many reveals this endpoint has left within the hour.'),
      }),
    ),
  retry: changes('deliveries:write', 'delivery.retry', [
    'delivery_not_retryable',
    'retry_window_over',
    'endpoint_paused',
  ])
    .route({
      method: 'POST',
      path: '/deliveries/{id}/retry',
      summary: 'Retry a delivery now',
      description: 'Brings the next attempt of a scheduled one forward; tries a failed one once more.',
      tags: ['Deliveries'],
    })
    .input(id)
    .output(DeliveryView),
  cancel: changes('deliveries:write', 'delivery.cancel', ['delivery_not_cancelable'])
    .route({ method: 'POST', path: '/deliveries/{id}/cancel', summary: 'Cancel a delivery', tags: ['Deliveries'] })
    .input(id)
    .output(DeliveryView),
}
