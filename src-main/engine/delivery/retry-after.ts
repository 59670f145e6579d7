const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const SECONDS = /^\d{1,15}$/
const FIXED_DATE = /^[a-z]{3}, (\d{2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) gmt$/
const TWO_DIGIT_YEAR_DATE = /^[a-z]{6,9}, (\d{2})-([a-z]{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) gmt$/
const ASCTIME_DATE = /^[a-z]{3} ([a-z]{3}) +(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/

/**
 * How long a Retry-After value asks to wait from `now` (unix ms), in ms: whole seconds or an HTTP date in any of its three
 * forms. Null for whatever is neither, and for what is already past. Never capped here: the policy does that.
 */
export function parseRetryAfter(value: string | null, now: number): number | null {
  const text = value?.trim().toLowerCase() ?? ''
  const waitMs = SECONDS.test(text) ? Number(text) * 1_000 : dateOf(text, now) - now
  return waitMs > 0 ? waitMs : null
}

function dateOf(text: string, now: number): number {
  const fixed = FIXED_DATE.exec(text)
  if (fixed) {
    const [, day, month, year, ...time] = fixed
    return instant({ day, month, year: Number(year), time })
  }
  const short = TWO_DIGIT_YEAR_DATE.exec(text)
  if (short) {
    const [, day, month, year, ...time] = short
    return instant({ day, month, year: fullYear(Number(year), now), time })
  }
  const asctime = ASCTIME_DATE.exec(text)
  if (!asctime) return Number.NaN
  const [, month, day, hours, minutes, seconds, year] = asctime
  return instant({ day, month, year: Number(year), time: [hours, minutes, seconds] })
}

/** A two-digit year that seems more than 50 years ahead means the century before. */
function fullYear(year: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear()
  const candidate = thisYear - (thisYear % 100) + year
  return candidate > thisYear + 50 ? candidate - 100 : candidate
}

interface DateParts {
  day: string | undefined
  month: string | undefined
  year: number
  time: readonly (string | undefined)[]
}

function instant({ day, month, year, time }: DateParts): number {
  const monthIndex = MONTHS.indexOf(month ?? '')
  const [hours = Number.NaN, minutes = Number.NaN, seconds = Number.NaN] = time.map(Number)
  if (monthIndex < 0 || hours > 23 || minutes > 59 || seconds > 60) return Number.NaN
  const at = Date.UTC(year, monthIndex, Number(day), hours, minutes, seconds)
  return new Date(at).getUTCDate() === Number(day) || seconds === 60 ? at : Number.NaN
}
