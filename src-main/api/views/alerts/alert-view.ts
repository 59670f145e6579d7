import type { AlertRuleView, AlertView } from '#shared/contract/alerts/alerts.ts'
import { toInstant } from '#shared/contract/base.ts'
import type { Alert, AlertRule } from '#shared/model/alert.ts'
import type { Engine } from '../../../engine/engine.ts'

export function toAlertRuleView(rule: AlertRule): AlertRuleView {
  return {
    ...rule,
    stateSince: toInstant(rule.stateSince),
    createdAt: toInstant(rule.createdAt),
    updatedAt: toInstant(rule.updatedAt),
  }
}

export function toAlertView(engine: Engine, alert: Alert): AlertView {
  const { projectId, endpointId, resolvedAt, acknowledgedAt } = alert
  const endpoint = endpointId === null ? null : engine.endpoints.find(projectId, endpointId)
  return {
    ...alert,
    endpointName: endpoint?.version.config.name ?? null,
    raisedAt: toInstant(alert.raisedAt),
    resolvedAt: toInstant(resolvedAt),
    acknowledgedAt: toInstant(acknowledgedAt),
  }
}
