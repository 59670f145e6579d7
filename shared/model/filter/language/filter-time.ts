import type { FilterTime } from './filter-term.ts'

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
type Unit = keyof typeof UNITS

const AGO = /^(\d{1,6})([smhdw])$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i

/** Whose clock a time without a zone is meant by: that of this machine, or UTC. */
export type Zone = 'local' | 'utc'

/** Reads `15m`, `2h`, `7d`, `2026-11-25`, `2026-11-25T10:02`, or a whole ISO 8601 instant; null where it is none. */
export function readFilterTime(text: string, zone: Zone): FilterTime | null {
  const ago = AGO.exec(text)
  if (ago) return { kind: 'ago', ms: Number(ago[1]) * UNITS[ago[2] as Unit] }
  const whole = DAY.test(text) ? `${text}T00:00` : text
  const instant = INSTANT.exec(whole)
  if (!instant) return null
  const at = Date.parse(instant[1] === undefined && zone === 'utc' ? `${whole}Z` : whole)
  return Number.isNaN(at) ? null : { kind: 'at', at }
}

/** The time as `readFilterTime` reads it, whatever the zone. */
export function formatFilterTime(time: FilterTime): string {
  if (time.kind === 'at') return new Date(time.at).toISOString()
  const unit = (Object.keys(UNITS) as Unit[]).findLast((name) => time.ms % UNITS[name] === 0) ?? 's'
  return `${time.ms / UNITS[unit]}${unit}`
}

/** Unix ms, as seen at `now`. */
export function instantOf(time: FilterTime, now: number): number {
  return time.kind === 'at' ? time.at : now - time.ms
}
