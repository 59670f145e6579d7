import type { TimestampUnit, Tolerance } from './scheme.ts'

/** A timestamp as a sender writes it. */
export function writeTimestamp(unit: TimestampUnit, atMs: number): string {
  if (unit === 'rfc3339') return new Date(atMs).toISOString()
  return String(unit === 's' ? Math.floor(atMs / 1_000) : Math.floor(atMs))
}

/** Unix ms of what a sender wrote; null where it is no timestamp. */
export function readTimestamp(unit: TimestampUnit, text: string): number | null {
  if (unit === 'rfc3339') {
    const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
    return Number.isNaN(at) ? null : at
  }
  if (!/^\d{1,15}$/.test(text)) return null
  return unit === 's' ? Number(text) * 1_000 : Number(text)
}

/** How an instant stands to the clock; at the very limit it still counts. */
export function ageOf(atMs: number, nowMs: number, tolerance: Tolerance): 'fresh' | 'stale' | 'future' {
  const ageMs = nowMs - atMs
  if (tolerance.pastMs !== null && ageMs > tolerance.pastMs) return 'stale'
  return tolerance.futureMs !== null && -ageMs > tolerance.futureMs ? 'future' : 'fresh'
}
