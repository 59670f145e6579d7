const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** How long something took: `0.4 ms`, `41 ms`, `5.0 s`. */
export function formatTook(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`
  if (ms < MINUTE_MS) return `${(ms / SECOND_MS).toFixed(1)} s`
  return formatWait(ms)
}

/** A set span, such as a timeout: `120 ms`, `1.5 s`, `15 s`. */
export function formatSpan(ms: number): string {
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`
  return ms < MINUTE_MS ? `${Number((ms / SECOND_MS).toFixed(1))} s` : formatWait(ms)
}

/** How long a wait is: `5 s`, `21 min`, `2 h 36`, `3 d 4 h`. */
export function formatWait(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND_MS))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10 && seconds % 60 !== 0) return `${minutes} min ${seconds % 60}`
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${String(minutes % 60).padStart(2, '0')}`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`
}

/** A place on a time line, no finer than it is far: `+5 s`, `+35 min`, `+2 h 35`, `+17 h`. */
export function formatOffset(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS)
  if (ms < MINUTE_MS) return `+${formatWait(ms)}`
  if (minutes < 60) return `+${minutes} min`
  return `+${formatWait((minutes < 600 ? minutes : Math.round(minutes / 60) * 60) * MINUTE_MS)}`
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const full = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'short',
})

/** `14:02`. */
export function shortTime(at: number): string {
  return minute.format(at)
}

/** `20 Nov`. */
export function shortDay(at: number): string {
  return day.format(at)
}

/** A stretch of time, to the minute: `20 Nov 14:02 to 14:40`; to another day with that day's name. */
export function stretchWords(from: number, to: number): string {
  const isOneDay = new Date(from).toDateString() === new Date(to).toDateString()
  return `${shortDay(from)} ${shortTime(from)} to ${isOneDay ? '' : `${shortDay(to)} `}${shortTime(to)}`
}

/** `14:02:31`. */
export function clockTime(instant: string): string {
  return clock.format(new Date(instant))
}

/** The clock time today, else the day: `20 Nov`. */
export function listTime(instant: string, nowAt: number): string {
  const date = new Date(instant)
  return date.toDateString() === new Date(nowAt).toDateString() ? clock.format(date) : day.format(date)
}

/** With date, milliseconds and zone, for titles. */
export function fullTime(instant: string): string {
  return full.format(new Date(instant))
}

/** `in 21 min`, `now`, `3 s ago`. */
export function relativeTime(instant: string, nowAt: number): string {
  const ms = Date.parse(instant) - nowAt
  if (Math.abs(ms) < SECOND_MS) return 'now'
  return ms > 0 ? `in ${formatWait(ms)}` : `${formatWait(-ms)} ago`
}
