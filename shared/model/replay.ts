import { z } from 'zod'
import { EndpointId, EventId, ProjectId, ReplayId } from './ids.ts'

/**
 * How an event stands at an endpoint that did not get it: its delivery failed for good, waits until the endpoint is resumed,
 * was canceled, or was simulated in place of sent; or the endpoint takes it, and there is no delivery at all.
 */
export const OutageReason = z.enum(['failed', 'held', 'canceled', 'simulated', 'missed'])
export type OutageReason = z.infer<typeof OutageReason>

/** The events that came from `since` (inclusive) until `until` (exclusive) and that an endpoint did not get. */
export const Outage = z.object({
  endpointId: EndpointId,
  since: z.number(),
  until: z.number(),
  reasons: z.array(OutageReason).min(1).readonly(),
})
export type Outage = z.infer<typeof Outage>

/** A stretch of time in which an endpoint did not get what was meant for it; `until` null where it goes on. Unix ms. */
export interface FoundOutage {
  since: number
  until: number | null
  failed: number
  held: number
}

/** Which events a replay is about: named ones, those that fit a filter as it is typed, or those of an outage. */
export const ReplaySelection = z.union([
  z.object({ eventIds: z.array(EventId).readonly() }),
  z.object({ filter: z.string() }),
  z.object({ outage: Outage }),
])
export type ReplaySelection = z.infer<typeof ReplaySelection>

/**
 * Who signs anew what goes to a bare URL: the sender that each event’s source names, with the source’s secret; an endpoint,
 * as it signs what goes to itself; or nobody.
 */
export const SignAs = z.union([z.enum(['source', 'nobody']), z.object({ endpointId: EndpointId })])
export type SignAs = z.infer<typeof SignAs>

/** Where a replay sends: to every endpoint that takes an event, to chosen ones, or to a URL. */
export const ReplayTarget = z.union([
  z.object({ takers: z.literal(true) }),
  z.object({ endpointIds: z.array(EndpointId).readonly() }),
  // Those from before a signer could be chosen were signed by nobody.
  z.object({ url: z.string(), signAs: SignAs.default('nobody') }),
])
export type ReplayTarget = z.infer<typeof ReplayTarget>

/**
 * Why an event of a selection is not sent: it did not arrive whole, it was a handshake, it was deleted, no endpoint takes it,
 * its endpoint is gone; of an outage also that the endpoint got it already, that it is on its way there, or that its reason
 * was not asked for.
 */
export const LeftOut = z.enum([
  'incomplete',
  'handshake',
  'event_gone',
  'no_taker',
  'endpoint_gone',
  'delivered',
  'on_its_way',
  'other_reason',
])
export type LeftOut = z.infer<typeof LeftOut>

/** `finished`: everything is handed to the delivery engine, and of that nothing waits any more. */
export const ReplayState = z.enum(['running', 'paused', 'canceled', 'finished'])
export type ReplayState = z.infer<typeof ReplayState>

/** Stored events sent again, in the order in which they came. */
export const Replay = z.object({
  id: ReplayId,
  projectId: ProjectId,
  actor: z.string(),
  selection: ReplaySelection,
  target: ReplayTarget,
  resign: z.boolean(),
  /** The event that holds what was edited; null where they are sent as they were. */
  editedEventId: EventId.nullable(),
  /** Deliveries begun in a second; null for no limit. */
  ratePerSecond: z.number().nullable(),
  /** `finished` here says that all is handed on; what of it still waits is told by its deliveries. */
  state: ReplayState,
  /** Whether `total` is known whole: counting goes on in the background, too. */
  isCounted: z.boolean(),
  /** How many deliveries it is about, and how many of them were made so far. */
  total: z.number().int(),
  made: z.number().int(),
  leftOut: z.partialRecord(LeftOut, z.number()),
  createdAt: z.number(),
  /** When nothing was left to hand on, or it was canceled. */
  finishedAt: z.number().nullable(),
})
export type Replay = z.infer<typeof Replay>

/** Progress, counted from the replay's deliveries; `done` holds every final one. */
export const ReplayProgress = z.object({
  total: z.number(),
  done: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  canceled: z.number(),
  simulated: z.number(),
  /** Handed on, and not final. */
  waiting: z.number(),
  /** Of those that wait: held until their endpoint is resumed. */
  held: z.number(),
  state: ReplayState,
})
export type ReplayProgress = z.infer<typeof ReplayProgress>
