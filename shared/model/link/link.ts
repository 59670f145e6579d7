import { z } from 'zod'
import { ProjectId, SourceId } from '../ids.ts'
import { SubscriberName } from './subscription.ts'

/** Where a new subscription at the relay begins; an instant in unix ms. */
const Start = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('now') }),
  z.object({ kind: z.literal('beginning') }),
  z.object({ kind: z.literal('since'), at: z.number() }),
])

/** What feeds a source of this machine from one of a relay. */
export const Link = z.object({
  /** Its own source: made with the link, and deleted with it. */
  sourceId: SourceId,
  projectId: ProjectId,
  /** The relay's origin, such as `https://hooks.example.com`. */
  url: z.string(),
  /** Slug or id of the project there; null for the key's own, or the default one. */
  remoteProject: z.string().nullable(),
  /** Slug or id of its source there. */
  remoteSource: z.string(),
  /** Under which name this machine subscribes. */
  subscriber: SubscriberName,
  /** The group whose events it shares; null where it gets all. */
  group: SubscriberName.nullable(),
  /** What it takes of the source, in the language of filters; null for all. */
  filter: z.string().nullable(),
  start: Start,
  /** Whether it tells the relay what became of its events here. */
  reports: z.boolean(),
  enabled: z.boolean(),
})
export type Link = z.infer<typeof Link>

/**
 * How a link stands. Only `live` has heard of the relay a moment ago: `stalled` has not for too long, `waiting` tries again
 * by itself, `refused` needs a person first, and `off` was switched off.
 */
export const LinkState = z.enum(['off', 'connecting', 'live', 'stalled', 'waiting', 'refused'])
export type LinkState = z.infer<typeof LinkState>
