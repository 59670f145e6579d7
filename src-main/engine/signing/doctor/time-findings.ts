import type { Finding } from '#shared/model/diagnosis.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import { spanWords } from '../../span-words.ts'
import { proven } from './finding.ts'
import type { DoctorCase } from './subject.ts'

/** A timestamp that is this many seconds off by its unit alone lies decades away. */
const DECADES_SECONDS = 10 * 365 * 86_400
const NEAR_SECONDS = 86_400

/** Why a genuine message counts as old or early; empty where it does not. `nowMs` is what it was judged by. */
export function timeFindings(verdict: Verdict, sender: DoctorCase['sender'], nowMs: number): readonly Finding[] {
  const { reason, skewSeconds } = verdict
  if (skewSeconds === undefined || (reason !== 'stale_timestamp' && reason !== 'future_timestamp')) return []
  return [misreadUnit(skewSeconds, nowMs, sender.name) ?? skewed(skewSeconds, sender)]
}

function misreadUnit(skewSeconds: number, nowMs: number, name: string): Finding | null {
  if (Math.abs(skewSeconds) < DECADES_SECONDS) return null
  const sentSeconds = nowMs / 1_000 - skewSeconds
  const near = (seconds: number) => Math.abs(nowMs / 1_000 - seconds) < NEAR_SECONDS
  const unit = near(sentSeconds / 1_000) ? 'milliseconds' : near(sentSeconds * 1_000) ? 'seconds' : null
  if (unit === null) return null
  const expected = unit === 'seconds' ? 'milliseconds' : 'seconds'
  return proven('timestamp_unit', {
    title: `The timestamp is in ${unit}`,
    explanation: `The signature is right, but the signed timestamp counts ${unit}. ${name} counts ${expected}, so it is read as decades away.`,
    fix: `Where you build the request, write the timestamp in ${expected} and sign that.`,
    found: unit,
    expected,
    skewSeconds,
  })
}

function skewed(skewSeconds: number, { name, signing }: DoctorCase['sender']): Finding {
  const isOld = skewSeconds > 0
  const limitMs = isOld ? signing.tolerance?.pastMs : signing.tolerance?.futureMs
  const limit = limitMs === null || limitMs === undefined ? '' : ` ${name} allows ${spanWords(limitMs)}.`
  return proven('clock_skew', {
    title: isOld ? 'The message is too old' : 'The message comes from the future',
    explanation: `The signature is right, and the signed time lies ${spanWords(Math.abs(skewSeconds) * 1_000)} ${isOld ? 'back' : 'ahead'}.${limit}`,
    fix: isOld
      ? 'Where this is a replay or a late retry that keeps its first signature, sign it anew. Where it is fresh, set the clock of the machine that judges (time synchronisation).'
      : 'Set the clock of the machine that judges, or that of the sender (time synchronisation).',
    skewSeconds,
  })
}
