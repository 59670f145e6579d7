import type { FoundOutageView } from '#shared/contract/replays.ts'
import type { OutageReason } from '#shared/model/replay.ts'
import type { ReplayInput } from '../../../platform/replays/begin-replay.ts'
import { readRate } from '../../../ui/runs/rate.ts'
import { fromLocalInput, rangeProblem, type TimeRange, toLocalInput } from '../bulk/time-range.ts'
import { FIRST_SIGNING, type Signing, signingInput } from '../parts/signing.ts'
import { type Aim, aimInput, isAimed } from '../parts/aim.ts'

/** What a person asks of the recovery of an outage. */
export interface RecoveryDraft {
  reasons: ReadonlySet<OutageReason>
  aim: Aim
  signing: Signing
  rate: string
}

/** What somebody canceled, or only tested, is sent again by choice. */
export const FIRST_DRAFT: RecoveryDraft = {
  reasons: new Set(['failed', 'missed', 'held']),
  aim: { kind: 'matching' },
  signing: FIRST_SIGNING,
  rate: '',
}

/** A found outage as the inputs hold it: to the second, and no narrower than it is. */
export function rangeOf({ since, until }: Pick<FoundOutageView, 'since' | 'until'>): TimeRange {
  return {
    since: toLocalInput(Date.parse(since)),
    until: until === null ? '' : toLocalInput(Date.parse(until) + 999),
  }
}

/** As the API takes it; null where something is still missing. */
export function inputOf(
  endpointId: string | undefined,
  range: TimeRange,
  { reasons, aim, signing, rate }: RecoveryDraft,
): ReplayInput | null {
  const since = fromLocalInput(range.since)
  const until = fromLocalInput(range.until)
  const ratePerSecond = readRate(rate)
  if (endpointId === undefined || since === null || rangeProblem(range) !== null) return null
  if (reasons.size === 0 || !isAimed(aim) || ratePerSecond === 'invalid') return null
  const outage = { endpointId, since, reasons: [...reasons], ...(until !== null && { until }) }
  return { outage, ...aimInput(aim), ...signingInput(signing, aim), ratePerSecond }
}
