import type { Policy } from '#shared/model/policy.ts'

/** A policy that ships, as data. */
export interface PolicyPreset {
  id: string
  description: string
  /** Where its numbers come from and when they were read; `unconfirmed` where a part of them is not from the sender's own documents. */
  facts: { source: string; checkedOn: string; unconfirmed: boolean }
  policy: Policy
  /** How long the sender itself waits for an answer, in ms; null where that is not known. */
  deadlineMs: number | null
  /** The longest deadline that may be set in its place, in ms. */
  longestTimeoutMs?: number
  /** Whether a project may have only so many active endpoints under it as it says. */
  limitsActive?: boolean
}

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const CHECKED_ON = '2026-11-21'

/** What a sender does of which nothing else is known: whatever is not 2xx is tried again, and nothing pauses. */
const PLAIN: Policy = {
  preset: 'plain',
  timeoutMs: 15 * SECOND,
  success: '2xx',
  expectedContentType: null,
  schedule: { kind: 'list', waitsMs: [], repeat: null, jitter: 0 },
  clientErrors: { stop: false, except: [] },
  redirects: 'retry',
  stop: { statuses: [], headers: [] },
  networkErrors: 'retry',
  invalidAnswers: 'retry',
  retryAfter: { honour: false, capMs: 0 },
  goneAction: 'none',
  breaker: null,
  concurrency: 16,
  ratePerSecond: null,
  ordered: false,
  bodyLimitBytes: null,
  encoding: 'raw',
  scheduled: 'follow',
  notifyOnFailure: false,
  responseLimitBytes: 65_536,
  provider: 'none',
  manualRetryMs: null,
}

/** A preset by what sets it apart. */
export function preset({
  id,
  description,
  source,
  unconfirmed = false,
  longestTimeoutMs,
  limitsActive,
  ...fields
}: {
  id: string
  description: string
  source: string
  unconfirmed?: boolean
  longestTimeoutMs?: number
  limitsActive?: boolean
} & Partial<Omit<Policy, 'preset'>>): PolicyPreset {
  return {
    id,
    description,
    facts: { source, checkedOn: CHECKED_ON, unconfirmed },
    deadlineMs: fields.timeoutMs ?? null,
    policy: { ...PLAIN, ...fields, preset: id },
    ...(longestTimeoutMs !== undefined && { longestTimeoutMs }),
    ...(limitsActive !== undefined && { limitsActive }),
  }
}

/** A schedule that is a list of waits in ms. */
export function waits(waitsMs: number[], jitter = 0): Policy['schedule'] {
  return { kind: 'list', waitsMs, repeat: null, jitter }
}

/** `count` equal waits that add up to `overMs`. */
export function evenly(count: number, overMs: number): number[] {
  return Array.from({ length: count }, () => Math.round(overMs / count))
}
