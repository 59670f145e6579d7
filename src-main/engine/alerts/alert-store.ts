import type { Alert, AlertRule } from '#shared/model/alert.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { AlertId, AlertRuleId, ProjectId } from '#shared/model/ids.ts'
import type { AppendEvent } from '../ports/event-store.ts'
import type { Page, PageRequest } from '../ports/store.ts'

export interface AlertQuery extends PageRequest {
  projectId: ProjectId
  ruleId: AlertRuleId | null
  /** Only those that are not resolved. */
  openOnly: boolean
}

export interface AlertStore {
  /** Every rule of every project, oldest first. */
  rules(): Promise<readonly AlertRule[]>
  createRule(rule: AlertRule): Promise<void>
  /**
   * Keeps a rule as it is now, the alert that this raises or resolves, and the event that tells of it, all or none. Nothing
   * where the rule is gone. Resolves to the event's deliveries as they were stored.
   */
  saveRule(step: { rule: AlertRule; alert: Alert | null; event: AppendEvent | null }): Promise<readonly Delivery[]>
  /** Removes it; `alert`, where given, is kept as resolved. What it raised before stays on record. */
  deleteRule(step: { ruleId: AlertRuleId; alert: Alert | null }): Promise<void>
  /** The one alert of a rule that is not resolved; null where there is none. */
  openAlert(ruleId: AlertRuleId): Promise<Alert | null>
  getAlert(alertId: AlertId): Promise<Alert | null>
  saveAlert(alert: Alert): Promise<void>
  /** Newest first. */
  alerts(query: AlertQuery): Promise<Page<Alert>>
}
