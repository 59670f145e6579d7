import type { GapReportView, GapView } from '#shared/contract/sources/gaps.ts'
import { formatCount, plural } from '../../../ui/format/size.ts'
import { clockTime, formatWait, listTime } from '../../../ui/format/time.ts'

/** `10:02:11` today, `20 Nov 10:02:11` before. */
function shortTime(instant: string, nowAt: number): string {
  const listed = listTime(instant, nowAt)
  const time = clockTime(instant)
  return listed === time ? time : `${listed} ${time}`
}

/** `Nothing between 10:02:11 and 10:40:03, 37 min`. */
export function gapTitle({ since, until, isSilent }: GapView, nowAt: number): string {
  const between = `between ${shortTime(since, nowAt)} and ${shortTime(until, nowAt)}`
  const lengthMs = Date.parse(until) - Date.parse(since)
  return `${isSilent ? 'Nothing' : 'Not all'} ${between}${lengthMs < 1_000 ? '' : `, ${formatWait(lengthMs)}`}`
}

/** `37 ids missing: 401 to 437`; null where the silence alone tells. */
export function missingWords({ missing }: GapView): string | null {
  if (missing === null) return null
  const { first, last, count } = missing
  return `${plural(count, 'id')} missing: ${first === last ? first : `${first} to ${last}`}`
}

/** What may explain a gap, as far as Hookloop knows. */
export function explanations({ notWhole, awayMs }: GapView): string[] {
  return [
    ...(awayMs > 0 ? [`Hookloop did not run for ${formatWait(awayMs)} of it.`] : []),
    ...(notWhole > 0 ? [`${plural(notWhole, 'message')} in it did not arrive whole.`] : []),
  ]
}

/** `2 gaps, 37 ids missing`, or that there is none. */
export function summary({ total, rhythm, numbering }: GapReportView): string {
  if (total.gaps > 0) {
    const ids = total.missing > 0 ? `, ${plural(total.missing, 'id')} missing` : ''
    return `${plural(total.gaps, 'gap')}${ids}`
  }
  return rhythm === null && numbering !== 'dense' ? 'Too little came to tell' : 'Nothing is missing'
}

/** What the source's habits are judged to be. */
export function rhythmWords({ rhythm }: GapReportView): string | null {
  if (rhythm === null) return null
  const { usualMs, unusualAfterMs } = rhythm
  return `Usually silent for ${formatWait(usualMs)} at most; unusual after ${formatWait(unusualAfterMs)}.`
}

/** `Shown are the latest 200 of 512.`, or null where all are. */
export function cutWords({ items, total }: GapReportView): string | null {
  if (items.length === total.gaps) return null
  return `Shown are the latest ${formatCount(items.length)} of ${formatCount(total.gaps)}.`
}
