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

/** The waits that are left after `triesUsed` tries, in order, without jitter, in ms. */
export function forecast(schedule: RetrySchedule, triesUsed: number): number[] {
  const waits: number[] = []
  for (let retry = Math.max(1, triesUsed); ; retry += 1) {
    const wait = plainWaitMs(schedule, retry)
    if (wait === null) return waits
    waits.push(wait)
  }
}

function plainWaitMs(schedule: RetrySchedule, retry: number): number | null {
  if (schedule.kind === 'list') return schedule.waitsMs[retry - 1] ?? null
  if (retry < 1 || retry > schedule.retries) return null
  return Math.min(schedule.capMs, schedule.baseMs * schedule.factor ** (retry - 1))
}
