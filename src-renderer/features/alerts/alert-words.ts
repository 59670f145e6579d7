import { Bell, CircleCheck, CircleHelp, PowerOff } from 'lucide-react'
import type { AlertRuleView } from '#shared/contract/alerts/alerts.ts'
import { type AlertCondition, type AlertKind, type Measured, RATE_KINDS } from '#shared/model/alert.ts'
import type { Look } from '../../ui/delivery/delivery-words.ts'
import { formatCount, plural } from '../../ui/format/size.ts'

export const KIND_WORDS: Readonly<Record<AlertKind, { name: string; help: string }>> = {
  success_rate: { name: 'Success rate', help: 'Too few of the deliveries that ended were delivered.' },
  dead_letters: { name: 'Dead letters', help: 'Deliveries failed for good.' },
  retry_spike: { name: 'Retries', help: 'Too many attempts were not the first of their delivery.' },
  backlog: { name: 'Backlog', help: 'Too many deliveries wait: scheduled, held or under way.' },
  timeouts: { name: 'Timeouts', help: 'Too many attempts got no answer in time.' },
}

export function isRate(kind: AlertKind): boolean {
  return RATE_KINDS.includes(kind)
}

/** What a kind's sample is counted in. */
export function sampleUnit(kind: AlertKind, count: number): string {
  const isOfAttempts = kind === 'retry_spike' || kind === 'timeouts'
  return isOfAttempts ? plural(count, 'attempt') : plural(count, 'delivery', 'deliveries')
}

/** `under 95 % in 15 min`, `1 or more in 5 min`, `100 or more`. */
export function conditionWords({ kind, threshold, windowMinutes }: AlertCondition): string {
  if (kind === 'backlog') return `${formatCount(threshold)} or more`
  if (kind === 'success_rate') return `under ${threshold} % in ${windowMinutes} min`
  return `${formatCount(threshold)}${isRate(kind) ? ' %' : ''} or more in ${windowMinutes} min`
}

/** `80 % of 20 deliveries`, `3`, `nothing to measure`. */
export function measuredWords(kind: AlertKind, { value, sampleSize }: Measured): string {
  if (value === null) return 'nothing to measure'
  return isRate(kind) ? `${value} % of ${sampleUnit(kind, sampleSize)}` : sampleUnit(kind, value)
}

const LOOKS: Readonly<Record<AlertRuleView['state'], Look>> = {
  ok: { word: 'ok', icon: CircleCheck, tone: 'text-ok' },
  raised: { word: 'raised', icon: Bell, tone: 'text-fail' },
  insufficient_data: { word: 'insufficient data', icon: CircleHelp, tone: 'text-muted' },
}

export function ruleLook({ state, enabled }: Pick<AlertRuleView, 'state' | 'enabled'>): Look {
  return enabled ? LOOKS[state] : { word: 'off', icon: PowerOff, tone: 'text-faint' }
}
