import type { Alert, AlertRule } from '#shared/model/alert.ts'
import type { AlertStore } from '#main/engine/ports.ts'
import { appendEvent } from '../events/append-event.ts'
import { newestFirst } from '../newest-first.ts'
import type { MemoryState } from '../state.ts'

export function createAlertStore(state: MemoryState): AlertStore {
  const { alertRules, alerts } = state
  const keepRule = (rule: AlertRule) => void alertRules.set(rule.id, rule)
  const keepAlert = (alert: Alert) => void alerts.set(alert.id, alert)

  return {
    rules: async () => [...alertRules.values()],
    createRule: async (rule) => keepRule(rule),

    async saveRule({ rule, alert, event }) {
      if (!alertRules.has(rule.id)) return []
      keepRule(rule)
      if (alert) keepAlert(alert)
      const told = event && appendEvent(state, event)
      return told?.kind === 'appended' ? told.deliveries : []
    },

    async deleteRule({ ruleId, alert }) {
      alertRules.delete(ruleId)
      if (alert) keepAlert(alert)
    },

    openAlert: async (ruleId) =>
      [...alerts.values()].find((alert) => alert.ruleId === ruleId && alert.resolvedAt === null) ?? null,
    getAlert: async (alertId) => alerts.get(alertId) ?? null,
    saveAlert: async (alert) => keepAlert(alert),

    alerts: async (query) =>
      newestFirst(
        [...alerts.values()].filter(
          (alert) =>
            alert.projectId === query.projectId &&
            (query.ruleId === null || alert.ruleId === query.ruleId) &&
            (!query.openOnly || alert.resolvedAt === null),
        ),
        { id: ({ id }) => id, at: ({ raisedAt }) => raisedAt },
        query,
      ),
  }
}
