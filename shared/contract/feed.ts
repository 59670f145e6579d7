import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { DeliveryTally } from '../model/delivery.ts'
import { AlertView } from './alerts/alerts.ts'
import { InProject, reads } from './base.ts'
import { DeliveryView } from './deliveries.ts'
import { EventSummary } from './events.ts'
import { RunView } from './workflows/workflows.ts'

/** One change of a project. `gap` says that some were left out: read again what is shown. `beat` says that nothing is new. */
export const FeedItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event.captured'), event: EventSummary }),
  z.object({ type: z.literal('event.repeated'), eventId: z.string(), repeats: z.number() }),
  z.object({ type: z.literal('event.drifted'), eventId: z.string(), drift: z.number() }),
  z.object({ type: z.literal('event.tally'), eventId: z.string(), deliveries: DeliveryTally }),
  z.object({
    type: z.literal('events.marked'),
    eventIds: z.array(z.string()).nullable().describe('Null where too many to be named.'),
    isRead: z.boolean(),
  }),
  z.object({ type: z.literal('clear.changed') }),
  z.object({ type: z.literal('delivery.changed'), delivery: DeliveryView }),
  z.object({ type: z.literal('endpoint.changed'), endpointId: z.string() }),
  z.object({ type: z.literal('source.changed'), sourceId: z.string() }),
  z.object({ type: z.literal('subscriptions.changed'), sourceId: z.string() }),
  z.object({ type: z.literal('link.changed'), sourceId: z.string() }),
  z.object({ type: z.literal('project.changed'), projectId: z.string() }),
  z.object({ type: z.literal('replay.changed'), replayId: z.string() }),
  z.object({ type: z.literal('retry.changed'), retryId: z.string() }),
  z.object({ type: z.literal('alert.raised'), alert: AlertView }),
  z.object({ type: z.literal('alert.resolved'), alert: AlertView }),
  z.object({ type: z.literal('alerts.changed') }),
  z.object({ type: z.literal('catalog.changed') }),
  z.object({ type: z.literal('workflow.changed') }),
  z.object({ type: z.literal('workflow_run.changed'), run: RunView }),
  z.object({ type: z.literal('gap') }),
  z.object({ type: z.literal('beat') }),
  z.object({ type: z.literal('ready') }),
])
export type FeedItem = z.infer<typeof FeedItem>

export const feed = reads('deliveries:read')
  .route({
    method: 'GET',
    path: '/feed',
    summary: 'Follow live changes',
    description:
      'Server-sent events; the first is `ready`. Reconnect with Last-Event-ID to miss nothing recent. With `beatMs`, a `beat` comes so often: its absence tells a dead link from a quiet one.',
    tags: ['Feed'],
  })
  .input(
    InProject.extend({
      beatMs: z.coerce
        .number()
        .int()
        .min(1_000)
        .max(60_000)
        .optional()
        .describe('How often a `beat` is told, in ms; never where it is left out.'),
    }),
  )
  .output(eventIterator(FeedItem))
