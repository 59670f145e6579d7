import { type Finding, note, ok, wrong } from '#main/compose/doctor/finding.ts'
import { span } from '../../text/words.ts'

/** This code was written after it: a clock before is wrong. */
const WRITTEN_AT = Date.UTC(2026, 0, 1)
const SECOND_MS = 1_000
/** Senders and receivers mostly allow five minutes: half a minute leaves room. */
const SMALL_SKEW_MS = 30_000

/** The clock of this machine, beside that of the relay where it told its own. */
export function checkClock(now: number, relayAt: number | null): Finding {
  const time = new Date(now).toISOString()
  if (now < WRITTEN_AT) return wrong('clock', `It shows ${time}.`, 'Set the clock: signatures and schedules go by it.')
  if (relayAt === null) return ok('clock', `It shows ${time}.`)
  const skew = Math.abs(now - relayAt)
  if (skew <= SMALL_SKEW_MS) return ok('clock', `It shows ${time}, as the relay’s does.`)
  const side = now > relayAt ? 'ahead of' : 'behind'
  const says = `It is ${span(skew)} ${side} the relay’s.`
  return skew > 10 * SMALL_SKEW_MS
    ? wrong('clock', says, 'Set both clocks: signatures are refused for it.')
    : note('clock', says, 'Set both clocks by a time server.')
}

/** What a relay's answer says of its clock, to the second; null where there is no answer. */
export async function relayClock(origin: string): Promise<number | null> {
  try {
    const response = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(5 * SECOND_MS) })
    await response.arrayBuffer()
    const at = Date.parse(response.headers.get('date') ?? '')
    return Number.isNaN(at) ? null : at
  } catch {
    return null
  }
}
