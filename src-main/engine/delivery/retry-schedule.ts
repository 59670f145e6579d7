import type { RetrySchedule } from '#shared/model/policy.ts'

/**
 * Ms to wait before retry number `retry` (1-based), spread by `fraction` in [0, 1) over the schedule's jitter;
 * null where the schedule holds no such retry.
 */
export function nextWaitMs(schedule: RetrySchedule, retry: number, fraction: number): number | null {
  const wait = plainWaitMs(schedule, retry)
  if (wait === null) return null
  return Math.max(0, Math.round(wait * (1 + schedule.jitter * (2 * fraction - 1))))
}

/** The waits that are left after `triesUsed` tries, in order, without jitter, in ms; at most `limit` of them. */
export function plannedWaitsMs(schedule: RetrySchedule, triesUsed: number, limit = 200): number[] {
  const waits: number[] = []
  for (let retry = Math.max(1, triesUsed); waits.length < limit; retry += 1) {
    const wait = plainWaitMs(schedule, retry)
    if (wait === null) break
    waits.push(wait)
  }
  return waits
}

function plainWaitMs(schedule: RetrySchedule, retry: number): number | null {
  if (retry < 1) return null
  if (schedule.kind === 'list') return schedule.waitsMs[retry - 1] ?? repeatedWaitMs(schedule, retry)
  if (retry > schedule.retries) return null
  return Math.min(schedule.capMs, schedule.baseMs * schedule.factor ** (retry - 1))
}

/** The end of a repetition is counted in planned waits: what a receiver took or asked for does not shorten it. */
function repeatedWaitMs({ waitsMs, repeat }: Extract<RetrySchedule, { kind: 'list' }>, retry: number): number | null {
  if (repeat === null) return null
  const listedMs = waitsMs.reduce((sum, wait) => sum + wait, 0)
  return listedMs + (retry - waitsMs.length) * repeat.everyMs <= repeat.untilMs ? repeat.everyMs : null
}
