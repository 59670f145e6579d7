import type { AlertRuleView } from '#shared/contract/alerts/alerts.ts'
import { AlertCondition, type AlertKind, RATE_KINDS } from '#shared/model/alert.ts'

/** A rule as it is typed. */
export interface RuleDraft {
  name: string
  kind: AlertKind
  threshold: string
  windowMinutes: string
  minSample: string
  /** Empty for all, or for nowhere. */
  endpointId: string
  notifyEndpointId: string
  enabled: boolean
}

/** Sensible thresholds to begin with. */
export const FIRST_THRESHOLDS: Readonly<Record<AlertKind, string>> = {
  success_rate: '95',
  dead_letters: '1',
  retry_spike: '25',
  backlog: '100',
  timeouts: '10',
}

export const EMPTY_DRAFT: RuleDraft = {
  name: '',
  kind: 'success_rate',
  threshold: FIRST_THRESHOLDS.success_rate,
  windowMinutes: '15',
  minSample: '10',
  endpointId: '',
  notifyEndpointId: '',
  enabled: true,
}

export function draftOf(rule: AlertRuleView): RuleDraft {
  const { name, kind, threshold, windowMinutes, minSample, endpointId, notifyEndpointId, enabled } = rule
  return {
    name,
    kind,
    threshold: String(threshold),
    windowMinutes: String(windowMinutes),
    minSample: String(minSample),
    endpointId: endpointId ?? '',
    notifyEndpointId: notifyEndpointId ?? '',
    enabled,
  }
}

/** What the API takes; figures that are none go as they are, so that it names the field. */
export function toInput(draft: RuleDraft) {
  return {
    name: draft.name,
    kind: draft.kind,
    threshold: figure(draft.threshold),
    windowMinutes: figure(draft.windowMinutes),
    minSample: figure(draft.minSample),
    endpointId: draft.endpointId === '' ? null : draft.endpointId,
    notifyEndpointId: draft.notifyEndpointId === '' ? null : draft.notifyEndpointId,
    enabled: draft.enabled,
  }
}

/** The condition of a draft; null while its figures cannot be read. */
export function conditionOf(draft: RuleDraft): AlertCondition | null {
  const condition = AlertCondition.safeParse(toInput(draft)).data ?? null
  const most = RATE_KINDS.includes(draft.kind) ? 100 : Number.POSITIVE_INFINITY
  return condition === null || condition.threshold > most ? null : condition
}

function figure(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}

/** The fields that the form shows. */
export const RULE_FIELDS = ['name', 'kind', 'threshold', 'windowMinutes', 'minSample', 'endpointId', 'notifyEndpointId']
