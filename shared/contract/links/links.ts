import { z } from 'zod'
import { LagView } from '../../model/link/frames.ts'
import { Link, LinkState } from '../../model/link/link.ts'
import { SubscriberName } from '../../model/link/subscription.ts'
import { Slug } from '../../model/project.ts'
import { ById, changes, InProject, Instant, pageOf, reads } from '../base.ts'

const { start: _start, ...link } = Link.shape

export const LinkView = z.object({
  id: link.sourceId.describe('Of the source that it feeds.'),
  ...link,
  source: z.string().describe('The slug of the source that it feeds.'),
  name: z.string().describe('Of that source.'),
  state: LinkState.describe('Only `live` has heard of the relay a moment ago.'),
  since: Instant.describe('Since when it is in that state.'),
  reason: z.string().nullable().describe('Why it is not live.'),
  hint: z.string().nullable(),
  nextTryAt: Instant.nullable(),
  lastHeardAt: Instant.nullable(),
  lastEventAt: Instant.nullable().describe('When the newest event that came was captured there.'),
  lag: LagView.nullable().describe('As the relay told it last.'),
  relayVersion: z.string().nullable(),
  remoteName: z.string().nullable().describe('Of the source at the relay.'),
  received: z.number().int().describe('Events that came since the start.'),
  repeats: z.number().int().describe('How often one came once more, and was kept once.'),
})
export type LinkView = z.infer<typeof LinkView>

const fields = {
  url: z.string().max(2_000).describe('The relay’s address, such as https://hooks.example.com.'),
  key: z
    .string()
    .min(1)
    .max(300)
    .describe('A key of the relay with the scope `sources:subscribe`. It never comes back.'),
  remoteProject: z
    .string()
    .max(100)
    .nullable()
    .describe('The project there; null for the key’s own, or the default one.'),
  remoteSource: z.string().min(1).max(200).describe('Slug or id of the source there.'),
  subscriber: SubscriberName.describe('Under which name this machine subscribes: one of its own.'),
  group: SubscriberName.nullable().describe('Share the events of this group; null gets all.'),
  filter: z.string().max(2_000).nullable().describe('What to take of the source, such as `type:audit.*`.'),
  reports: z.boolean().describe('Tell the relay what becomes of its events here.'),
  enabled: z.boolean(),
}
const OfLink = z.object({ ...ById.shape, ...InProject.shape })
const { url, key, remoteSource, subscriber, ...optional } = fields

export const links = {
  list: reads('sources:read')
    .route({ method: 'GET', path: '/links', summary: 'List what feeds sources from relays', tags: ['Links'] })
    .input(InProject)
    .output(pageOf(LinkView)),
  get: reads('sources:read')
    .route({ method: 'GET', path: '/links/{id}', summary: 'Show a link', tags: ['Links'] })
    .input(OfLink)
    .output(LinkView),
  create: changes('sources:write', 'link.create', ['slug_taken', 'vault_locked', 'invalid_filter'])
    .route({
      method: 'POST',
      path: '/links',
      summary: 'Subscribe to a source of a relay',
      description: 'Makes a source of its own, which the relay’s events come into as they were captured.',
      tags: ['Links'],
      successStatus: 201,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        url,
        key,
        remoteSource,
        subscriber,
        ...z.object(optional).partial().shape,
        start: z
          .union([z.enum(['now', 'beginning']), z.iso.datetime({ offset: true })])
          .default('now')
          .describe('Where a new subscription begins: with what comes, at the oldest event kept, or at an instant.'),
        name: z.string().trim().min(1).max(100).optional().describe('Of its source; the relay’s slug where left out.'),
        slug: Slug.optional().describe('Of its source; made after the relay’s where left out.'),
      }),
    )
    .output(LinkView),
  update: changes('sources:write', 'link.update', ['vault_locked', 'invalid_filter'])
    .route({ method: 'PATCH', path: '/links/{id}', summary: 'Change a link', tags: ['Links'] })
    .input(z.strictObject({ ...OfLink.shape, ...z.object(fields).partial().shape }))
    .output(LinkView),
  reconnect: changes('sources:write', 'link.reconnect')
    .route({ method: 'POST', path: '/links/{id}/reconnect', summary: 'Try a link again now', tags: ['Links'] })
    .input(OfLink)
    .output(LinkView),
  delete: changes('sources:write', 'link.delete')
    .route({
      method: 'DELETE',
      path: '/links/{id}',
      summary: 'Delete a link and its source',
      description: 'The events that came stay; the relay keeps the subscription until it is deleted there.',
      tags: ['Links'],
    })
    .input(OfLink)
    .output(z.object({ id: z.string() })),
}
