import { AppError } from '#shared/model/app-error.ts'
import { RATE_KINDS, type Alert, type AlertCondition, type AlertRule, type Measured } from '#shared/model/alert.ts'
import { AlertId, type EndpointId, type ProjectId } from '#shared/model/ids.ts'
import type { Page } from '../ports.ts'
import { ofProject } from '../registry.ts'
import { createTurns } from '../turns.ts'
import type { AlertQuery } from './alert-store.ts'
import { createAlertWatch, type AlertWatchDeps } from './alert-watch.ts'
import { isTooSmall, nextState } from './judge.ts'

/** What a person sets of a rule. */
export type AlertRuleInput = AlertCondition & {
  name: string
  endpointId: string | null
  enabled: boolean
  notifyEndpointId: string | null
}

/** What a condition says now. */
export interface AlertPreview extends Measured {
  verdict: 'would_raise' | 'would_not_raise' | 'insufficient_data'
}

export interface AlertsApi {
  /** Oldest first. */
  list(projectId: ProjectId): readonly AlertRule[]
  /** Throws `AppError` `not_found`. */
  resolve(projectId: ProjectId, id: string): AlertRule
  /** Looked at once before it resolves. Throws `AppError` `invalid_request` with the field. */
  create(projectId: ProjectId, input: AlertRuleInput): Promise<AlertRule>
  update(rule: AlertRule, change: { [K in keyof AlertRuleInput]?: AlertRuleInput[K] | undefined }): Promise<AlertRule>
  /** What it raised stays on record, resolved. */
  delete(rule: AlertRule): Promise<void>
  preview(projectId: ProjectId, condition: AlertCondition & { endpointId: string | null }): Promise<AlertPreview>
  alerts(query: AlertQuery): Promise<Page<Alert>>
  /** Whether a rule that is on looks at it, alone or among all. */
  watches(endpoint: { id: EndpointId; projectId: ProjectId }): boolean
  /** Says that somebody saw it. Once said it stays as it was. Throws `AppError` `not_found`. */
  acknowledge(projectId: ProjectId, id: string, actor: { name: string }): Promise<Alert>
}

export type AlertsDeps = Omit<AlertWatchDeps, 'rules' | 'inTurn'>

/** `start` looks at the rules every so often; `stop` ends that. */
export async function createAlerts(deps: AlertsDeps): Promise<AlertsApi & { start(): void; stop(): Promise<void> }> {
  const { store, clock, ids, changes } = deps
  const rules = new Map((await store.rules()).map((rule) => [rule.id, rule]))
  const inTurn = createTurns()
  const watch = createAlertWatch({ ...deps, rules, inTurn })

  function tell({ projectId }: Pick<AlertRule, 'projectId'>): void {
    changes.publish({ type: 'alerts.changed', projectId })
  }

  function endpointId(projectId: ProjectId, field: string, id: string | null): EndpointId | null {
    const found = deps.endpoints(projectId).find((endpoint) => endpoint.id === id)
    if (id === null || found) return found?.id ?? null
    throw new AppError('invalid_request', `There is no endpoint “${id}” in this project.`, {
      field,
      hint: 'GET /api/v1/endpoints lists them; leave it out for all.',
    })
  }

  /** What stays as it is is not looked up again: its endpoint may be gone by now. */
  function checked(projectId: ProjectId, input: AlertRuleInput, before: AlertRule | null = null) {
    checkThreshold(input)
    const known = (field: 'endpointId' | 'notifyEndpointId') =>
      before && before[field] === input[field] ? before[field] : endpointId(projectId, field, input[field])
    return { ...input, endpointId: known('endpointId'), notifyEndpointId: known('notifyEndpointId') }
  }

  /** The open alert of a rule as it ends now for another reason than a look. */
  async function closing({ id, state }: AlertRule): Promise<Alert | null> {
    const open = state === 'raised' ? await store.openAlert(id) : null
    return open && { ...open, resolvedAt: clock.now() }
  }

  async function lookedAt(rule: AlertRule): Promise<AlertRule> {
    if (rule.enabled) await watch.look([rule])
    watch.rulesChanged()
    return rules.get(rule.id) ?? rule
  }

  return {
    list: (projectId) => ofProject(rules, projectId),
    alerts: (query) => store.alerts(query),
    watches: ({ id, projectId }) =>
      ofProject(rules, projectId).some((rule) => rule.enabled && (rule.endpointId ?? id) === id),

    resolve(projectId, id) {
      const rule = rules.get(id as AlertRule['id'])
      if (rule?.projectId === projectId) return rule
      throw noRule(id)
    },

    async create(projectId, input) {
      const at = clock.now()
      const times = { state: 'insufficient_data' as const, stateSince: at, createdAt: at, updatedAt: at }
      const rule: AlertRule = { id: ids.next('alr'), projectId, ...checked(projectId, input), ...times }
      await store.createRule(rule)
      rules.set(rule.id, rule)
      tell(rule)
      return lookedAt(rule)
    },

    async update(rule, change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const kept = await inTurn(rule.id, async () => {
        const latest = rules.get(rule.id)
        if (!latest) throw noRule(rule.id)
        const now = clock.now()
        const wanted = checked(latest.projectId, { ...latest, ...given }, latest)
        const alert = wanted.enabled ? null : await closing(latest)
        const stands = wanted.enabled ? {} : { state: 'insufficient_data' as const, stateSince: now }
        const next: AlertRule = { ...latest, ...wanted, ...stands, updatedAt: now }
        await store.saveRule({ rule: next, alert, event: null })
        rules.set(next.id, next)
        return next
      })
      tell(kept)
      return lookedAt(kept)
    },

    async delete(rule) {
      await inTurn(rule.id, async () => {
        const alert = await closing(rules.get(rule.id) ?? rule)
        await store.deleteRule({ ruleId: rule.id, alert })
        rules.delete(rule.id)
      })
      tell(rule)
      watch.rulesChanged()
    },

    async preview(projectId, condition) {
      checkThreshold(condition)
      const of = endpointId(projectId, 'endpointId', condition.endpointId)
      const found = await watch.measure({ ...condition, projectId, endpointId: of })
      if (isTooSmall(condition, found) || found.value === null) return { ...found, verdict: 'insufficient_data' }
      const state = nextState(condition, found, 'ok')
      return { ...found, verdict: state === 'raised' ? 'would_raise' : 'would_not_raise' }
    },

    async acknowledge(projectId, id, actor) {
      const parsed = AlertId.safeParse(id)
      const found = parsed.success ? await store.getAlert(parsed.data) : null
      if (found?.projectId !== projectId) throw new AppError('not_found', `There is no alert “${id}” in this project.`)
      const alert = await inTurn(found.ruleId, async () => {
        const latest = (await store.getAlert(found.id)) ?? found
        if (latest.acknowledgedAt !== null) return latest
        const seen = { ...latest, acknowledgedAt: clock.now(), acknowledgedBy: actor.name }
        await store.saveAlert(seen)
        return seen
      })
      tell(alert)
      return alert
    },

    start: () => watch.start(),
    stop: () => watch.stop(),
  }
}

function noRule(id: string): AppError {
  return new AppError('not_found', `There is no alert rule “${id}” in this project.`)
}

function checkThreshold({ kind, threshold }: AlertCondition): void {
  const isRate = RATE_KINDS.includes(kind)
  if (isRate ? threshold <= 100 : Number.isInteger(threshold) && threshold >= 1) return
  const message = isRate ? 'A rate is a percentage: 100 at most.' : 'A count is a whole number, 1 at least.'
  throw new AppError('invalid_request', message, { field: 'threshold', hint: 'Change the threshold, or the kind.' })
}
