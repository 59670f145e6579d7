import { Cron } from 'croner'
import { AppError } from '#shared/model/app-error.ts'
import type { WorkflowSchedule } from '#shared/model/workflows/workflow.ts'

type Pattern = Pick<WorkflowSchedule, 'cron' | 'timeZone'>

/** Starts that are counted one by one; more are as many as this. */
const MOST_COUNTED = 100

/** Throws `AppError` that names the field unless the schedule can be read and comes due one day. */
export function checkSchedule(schedule: Pattern, now: number): void {
  checkTimeZone(schedule.timeZone)
  if (schedule.cron.split(/\s+/).length !== 5) {
    throw unreadable('A schedule has five fields: minute, hour, day of month, month and day of week.')
  }
  try {
    if (nextStart(schedule, now) !== null) return
  } catch (error) {
    throw unreadable(`This schedule cannot be read: ${plainReason(error)}.`)
  }
  throw unreadable('This schedule never comes due.')
}

/** The first start after `after`, both in unix ms; null where there is none. */
export function nextStart(schedule: Pattern, after: number): number | null {
  return patternOf(schedule).nextRun(new Date(after))?.getTime() ?? null
}

/** The starts that came due after `since` and by `now`; null for none. A start that a change of the clocks repeats is one. */
export function dueStarts(
  schedule: Pattern,
  { since, now }: { since: number; now: number },
): { latest: number; count: number } | null {
  // The library counts whole seconds before the instant that it is given.
  const before = patternOf(schedule).previousRuns(MOST_COUNTED + 1, new Date(now + 1_000))
  const due = before.map((date) => date.getTime()).filter((at) => at > since && at <= now)
  const [latest] = due
  return latest === undefined ? null : { latest, count: Math.min(due.length, MOST_COUNTED) }
}

function patternOf({ cron, timeZone }: Pattern): Cron {
  return new Cron(cron, { timezone: timeZone, paused: true })
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch {
    throw new AppError('invalid_request', `There is no time zone “${timeZone}”.`, {
      field: 'schedule.timeZone',
      hint: 'Use an IANA name such as Europe/Berlin, or UTC.',
    })
  }
}

function unreadable(message: string): AppError {
  return new AppError('invalid_request', message, {
    field: 'schedule.cron',
    hint: 'Write it such as “30 6 * * 1-5”: 6:30 on working days.',
  })
}

function plainReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/^CronPattern: /, '').replace(/\.$/, '')
}
