import { z } from 'zod'
import { KeyId, ProjectId, SourceId, SubscriptionId } from '../ids.ts'

/** How relay and subscriber talk. Both tell theirs; a relay goes on speaking those from `OLDEST_PROTOCOL` on. */
export const LINK_PROTOCOL = 1
export const OLDEST_PROTOCOL = 1

/** Of a subscriber, or of a group whose members share. Shown to people at both ends, and typed on command lines. */
export const SubscriberName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@:+'’-]*$/u, 'use letters, digits, spaces and . _ @ : + - ’')
export type SubscriberName = z.infer<typeof SubscriberName>

/** Why an event goes to a subscriber once more. */
export const RepeatCause = z.enum([
  /** The connection ended before it was acknowledged. */
  'connection_lost',
  /** Nothing was heard of its subscriber any more. */
  'silent',
  /** Its subscriber connected anew, and the connection before it counts no more. */
  'taken_over',
  /** The relay ended before it was acknowledged. */
  'relay_restarted',
  /** Its member of a group is there, and did not acknowledge it in time. */
  'not_acknowledged',
])
export type RepeatCause = z.infer<typeof RepeatCause>

/** A place in a source from which a subscriber, or a group, takes events in order. It outlasts every connection. */
export const Subscription = z.object({
  id: SubscriptionId,
  projectId: ProjectId,
  sourceId: SourceId,
  name: SubscriberName,
  /** Members share its events; otherwise it has one subscriber, which gets all. */
  isGroup: z.boolean(),
  /** What it takes of the source, in the language of filters; null for all. */
  filter: z.string().nullable(),
  /** The key that made it, which alone may use one that is no group; null for the owner. */
  keyId: KeyId.nullable(),
  createdBy: z.string(),
  createdAt: z.number(),
  /** When a subscriber was last there; null before the first time. */
  lastSeenAt: z.number().nullable(),
  /** The version of Hookloop that was there then. */
  lastVersion: z.string().nullable(),
})
export type Subscription = z.infer<typeof Subscription>

/** Where a new subscription begins: with what comes from now on, at the oldest event kept, or at an instant (unix ms). */
export type SubscriptionStart = { kind: 'now' } | { kind: 'beginning' } | { kind: 'since'; at: number }

/** How far a subscription is behind. */
export interface Lag {
  /** Events that are not acknowledged, those under way among them. */
  events: number
  /** There are more than were counted. */
  isMore: boolean
  /** When the oldest of them was received; null where there is none. */
  oldestAt: number | null
  /** When its source received its newest event; null before the first. */
  lastEventAt: number | null
  /** How many were deleted before they were acknowledged, since it was made. */
  missed: number
}

/** How often events went out again, by cause. */
export type Repeats = Readonly<Partial<Record<RepeatCause, number>>>
