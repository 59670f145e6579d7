import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { EventId, SourceId } from '../../model/ids.ts'
import { LagView, LinkFrame } from '../../model/link/frames.ts'
import { Outcome } from '../../model/link/outcome.ts'
import { RepeatCause, SubscriberName, Subscription } from '../../model/link/subscription.ts'
import { ById, changes, InProject, Instant, pageOf, reads } from '../base.ts'

const Version = z.string().min(1).max(60).describe('Of the subscriber’s program.')
const Protocol = z.coerce.number().int().min(0).max(1_000_000).describe('The link protocol that the subscriber speaks.')
const Filter = z.string().max(2_000).nullable()

export const SubscriptionView = z.object({
  ...Subscription.shape,
  source: z.string().describe('The slug of its source.'),
  sourceId: SourceId,
  createdAt: Instant,
  lastSeenAt: Instant.nullable().describe('When a subscriber was last there.'),
  state: z
    .enum(['live', 'stalled', 'away'])
    .describe('`stalled` fell silent in the middle of a connection; `away` left, or was never there.'),
  lastEnd: z
    .object({ cause: RepeatCause, at: Instant })
    .nullable()
    .describe('Why its last connection ended; null while there is one.'),
  subscribers: z
    .array(
      z.object({
        name: z.string(),
        version: z.string(),
        address: z.string().nullable(),
        connectedAt: Instant,
        lastHeardAt: Instant,
        underWay: z.number().int().describe('Events that it has and did not acknowledge yet.'),
      }),
    )
    .describe('Those that are connected; several where it is a group.'),
  lag: LagView,
  repeats: z.partialRecord(RepeatCause, z.number().int()).describe('How often an event went out once more, by cause.'),
})
export type SubscriptionView = z.infer<typeof SubscriptionView>

/** What an event has to do with other machines. */
export const EventTrail = z.object({
  relayed: z
    .object({
      remoteId: EventId.describe('Its id at the relay that it came from.'),
      sends: z.number().int().describe('How often the relay sent it, as far as is known here.'),
      cause: RepeatCause.nullable().describe('Why it did so more than once.'),
    })
    .nullable()
    .describe('Null where it came over no link.'),
  outcomes: z
    .array(z.object({ ...Outcome.omit({ eventId: true }).shape, subscriber: z.string(), at: Instant }))
    .describe('What subscribers told that became of it with them.'),
})
export type EventTrail = z.infer<typeof EventTrail>

const OfSubscription = z.object({ ...ById.shape, ...InProject.shape })
const Connection = z.string().min(1).max(100).describe('As `hello` named it.')
const Member = SubscriberName.optional().describe('Which member of a group it is.')
/** More would make one call long for everybody else. */
const MOST_EVENTS = 500
const MOST_OUTCOMES = 200

export const subscriptions = {
  list: reads('sources:read')
    .route({
      method: 'GET',
      path: '/subscriptions',
      summary: 'List who subscribes to sources',
      tags: ['Subscriptions'],
    })
    .input(z.object({ ...InProject.shape, source: z.string().optional().describe('A source’s id or slug.') }))
    .output(pageOf(SubscriptionView)),
  create: changes('sources:subscribe', 'subscription.create', ['version_mismatch', 'invalid_filter'])
    .route({
      method: 'POST',
      path: '/subscriptions',
      summary: 'Subscribe to a source',
      description:
        'Makes a subscription, or finds the one of that name: its place in the source outlasts every connection. One that is no group belongs to the key that made it.',
      tags: ['Subscriptions'],
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        source: z.string().describe('Its id or slug.'),
        name: SubscriberName.describe('Of the subscriber, or of the group.'),
        isGroup: z.boolean().default(false).describe('Members of a group share its events; others get all.'),
        filter: Filter.optional().describe('What it takes, such as `type:audit.*`; left out, it stays as it is.'),
        start: z
          .union([z.enum(['now', 'beginning']), z.iso.datetime({ offset: true })])
          .default('now')
          .describe('Where a new one begins: with what comes, at the oldest event kept, or at an instant.'),
        version: Version,
        protocol: Protocol,
      }),
    )
    .output(SubscriptionView),
  events: reads('sources:subscribe', ['version_mismatch', 'invalid_filter', 'connection_over'])
    .route({
      method: 'GET',
      path: '/subscriptions/{id}/events',
      summary: 'Follow a subscription',
      description:
        'Server-sent events: `hello`, then events in order, and `alive` every `heartbeatMs`. Acknowledge each once it is kept; show at least that often that the subscriber is alive. A connection of the same subscriber before it ends.',
      tags: ['Subscriptions'],
    })
    .input(
      OfSubscription.extend({
        subscriber: Member,
        window: z.coerce.number().int().min(1).max(500).default(100).describe('So many events may be under way.'),
        version: Version,
        protocol: Protocol,
      }),
    )
    .output(eventIterator(LinkFrame)),
  // What it moves is a place in a stream, a hundred times a minute: nothing for the audit log.
  acknowledge: reads('sources:subscribe', ['connection_over'])
    .route({
      method: 'POST',
      path: '/subscriptions/{id}/acknowledge',
      summary: 'Acknowledge events, or just be alive',
      tags: ['Subscriptions'],
    })
    .input(
      z.strictObject({ ...OfSubscription.shape, connection: Connection, eventIds: z.array(EventId).max(MOST_EVENTS) }),
    )
    .output(z.object({ acknowledged: z.number().int().describe('Those that were still lent to this connection.') })),
  body: reads('sources:subscribe', ['connection_over'])
    .route({
      method: 'GET',
      path: '/subscriptions/{id}/events/{eventId}/body',
      summary: 'Download the body of an event that did not come along',
      description: 'The raw bytes as application/octet-stream, while the event is lent to this connection.',
      tags: ['Subscriptions'],
    })
    .input(OfSubscription.extend({ eventId: z.string(), connection: Connection }))
    .output(z.file().mime('application/octet-stream')),
  report: reads('sources:subscribe')
    .route({
      method: 'POST',
      path: '/subscriptions/{id}/outcomes',
      summary: 'Tell what became of events at the subscriber',
      tags: ['Subscriptions'],
    })
    .input(
      z.strictObject({
        ...OfSubscription.shape,
        subscriber: Member,
        outcomes: z.array(z.strictObject(Outcome.shape)).max(MOST_OUTCOMES),
      }),
    )
    .output(z.object({ told: z.number().int() })),
  trail: reads('events:read')
    .route({
      method: 'GET',
      path: '/events/{id}/trail',
      summary: 'Show where an event came from and went to over links',
      tags: ['Subscriptions'],
    })
    .input(OfSubscription)
    .output(EventTrail),
  delete: changes('sources:write', 'subscription.delete')
    .route({
      method: 'DELETE',
      path: '/subscriptions/{id}',
      summary: 'End a subscription',
      description: 'Whoever is connected is told. Under the same name it begins anew, with what comes from then on.',
      tags: ['Subscriptions'],
    })
    .input(OfSubscription)
    .output(z.object({ id: z.string() })),
}
