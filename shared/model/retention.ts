import { z } from 'zod'

/** The least size to which a project may be kept: below it, one large body would be more than all that may stay. */
const LEAST_BYTES = 1024 * 1024

/**
 * How long a project's events stay, with their deliveries and attempts. What any limit takes goes, the oldest first, and with
 * it the runs of workflows, bulk retries and resolved alerts that ended before.
 */
export const Retention = z.object({
  ageDays: z.number().int().min(1).max(3_650).nullable().describe('Older events go; null for no limit.'),
  events: z.number().int().min(1).max(1_000_000_000).nullable().describe('So many of the newest stay; null for all.'),
  bytes: z
    .number()
    .int()
    .min(LEAST_BYTES)
    .max(2 ** 50)
    .nullable()
    .describe('The newest stay whose bodies, headers and answers take no more than this; null for no limit.'),
  undelivered: z
    .enum(['keep', 'expire'])
    .describe(
      'An event with deliveries that are scheduled or held stays, or they are canceled as expired and it goes.',
    ),
})
export type Retention = z.infer<typeof Retention>

/** Nothing goes by itself until a person says so. */
export const KEEP_ALL: Retention = { ageDays: null, events: null, bytes: null, undelivered: 'keep' }

/** Under which it is kept among a project's settings. */
export const RETENTION_SETTING = 'retention'

/** Whether it ever takes anything. */
export function takesAnything({ ageDays, events, bytes }: Retention): boolean {
  return ageDays !== null || events !== null || bytes !== null
}

/** What a sweep took, or would take. */
export const SweepCounts = z.object({
  events: z.number(),
  deliveries: z.number(),
  attempts: z.number(),
  bytes: z.number().describe('Of bodies, headers and answers.'),
  expired: z
    .number()
    .describe('Deliveries that were canceled as expired; they stay a day longer, so that they are seen.'),
  kept: z.number().describe('Events that stay because a delivery of theirs is not final.'),
})
export type SweepCounts = z.infer<typeof SweepCounts>

export const NOTHING_SWEPT: SweepCounts = { events: 0, deliveries: 0, attempts: 0, bytes: 0, expired: 0, kept: 0 }

export function addCounts(one: SweepCounts, other: SweepCounts): SweepCounts {
  return {
    events: one.events + other.events,
    deliveries: one.deliveries + other.deliveries,
    attempts: one.attempts + other.attempts,
    bytes: one.bytes + other.bytes,
    expired: one.expired + other.expired,
    kept: one.kept + other.kept,
  }
}
