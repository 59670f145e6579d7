import type { Alert, AlertRule, Measured } from '#shared/model/alert.ts'
import type { EndpointId, ProjectId } from '#shared/model/ids.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import type { createTurns } from '../turns.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Registry } from '../registry.ts'
import {
  StoreUnavailableError,
  type Clock,
  type EndpointCounts,
  type Ids,
  type Log,
  type StatsStore,
} from '../ports.ts'
import type { AlertStore } from './alert-store.ts'
import { alertEvent } from './alert-event.ts'
import { measure, nextState, together } from './judge.ts'

const MINUTE_MS = 60_000
/** How soon after a delivery moved the rules are looked at, so that many that move cost one look. */
const LOOK_EVERY_MS = 5_000
/** And how often where nothing moved: what is old leaves the window. */
const LOOK_ANYWAY_MS = 30_000
/** What has to do with deliveries. */
const MOVES: readonly Change['type'][] = ['delivery.changed', 'deliveries.changed', 'event.captured']

export interface AlertWatchDeps {
  store: AlertStore
  stats: Pick<StatsStore, 'counts'>
  /** Every rule, as it is now. */
  rules: Map<AlertRule['id'], AlertRule>
  registry: Pick<Registry, 'projects'>
  /** The endpoints of a project; a rule's own may be gone. */
  endpoints(projectId: ProjectId): readonly { id: EndpointId; name: string }[]
  /** Runs what changes one rule, or an alert of it, one after the other. */
  inTurn: ReturnType<typeof createTurns>
  clock: Clock
  ids: Ids
  log: Log
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

export interface AlertWatch {
  /** What a condition says now. */
  measure(condition: Look): Promise<Measured>
  /** Looks at these rules at once. */
  look(rules: readonly AlertRule[]): Promise<void>
  /** From now on rules that are enabled are looked at every so often. */
  start(): void
  /** Rules were added, changed or removed. */
  rulesChanged(): void
  stop(): Promise<void>
}

/** What a condition is about. */
type Look = Pick<AlertRule, 'projectId' | 'kind' | 'windowMinutes' | 'endpointId'>

interface Counted {
  of: ReadonlyMap<EndpointId, EndpointCounts>
  all: ReturnType<typeof together>
}

/** Looks at alert rules by the clock, and keeps and tells what that raises or resolves. */
export function createAlertWatch(deps: AlertWatchDeps): AlertWatch {
  const { store, rules, clock, ids, log, changes } = deps
  let isStarted = false
  let hasMoved = false
  let lookedAt = 0
  let cancelTimer: (() => void) | null = null
  let looking = Promise.resolve()
  changes.subscribe(({ type }) => {
    if (MOVES.includes(type)) hasMoved = true
  })

  /** What rules of one project and window look at; they share the counts. */
  async function countsFor(looks: readonly Look[]): Promise<Counted> {
    const { projectId, windowMinutes } = looks[0]!
    const named = new Set(looks.map(({ endpointId }) => endpointId))
    const endpointIds = deps.endpoints(projectId).flatMap(({ id }) => (named.has(null) || named.has(id) ? [id] : []))
    const since = clock.now() - windowMinutes * MINUTE_MS
    const counts = await deps.stats.counts({ endpointIds, since })
    return { of: new Map(counts.map((each) => [each.endpointId, each])), all: together(counts) }
  }

  /** Null where the rule's endpoint is gone. */
  function measured({ kind, endpointId }: Look, { of, all }: Counted): Measured | null {
    const counts = endpointId === null ? all : of.get(endpointId)
    return counts ? measure(kind, counts) : null
  }

  async function look(wanted: readonly AlertRule[]): Promise<void> {
    const groups = Map.groupBy(wanted, ({ projectId, windowMinutes }) => `${projectId} ${windowMinutes}`)
    for (const group of groups.values()) {
      const counted = await countsFor(group)
      for (const rule of group) {
        // It may have been changed or removed while the counts were read: then it is looked at anew.
        if (rules.get(rule.id) === rule) await judgeInTurn(rule, measured(rule, counted))
      }
    }
  }

  /** One that cannot be kept now must not keep the others from being looked at. */
  async function judgeInTurn(rule: AlertRule, found: Measured | null): Promise<void> {
    try {
      await deps.inTurn(rule.id, async () => {
        if (rules.get(rule.id) === rule) await judge(rule, found)
      })
    } catch (error) {
      const isExpected = error instanceof StoreUnavailableError
      log[isExpected ? 'warn' : 'error']('An alert rule could not be looked at', {
        rule: rule.id,
        error: String(error),
      })
    }
  }

  async function judge(rule: AlertRule, found: Measured | null): Promise<void> {
    const state = found ? nextState(rule, found, rule.state) : 'insufficient_data'
    if (state === rule.state) return
    const now = clock.now()
    const next: AlertRule = { ...rule, state, stateSince: now }
    const alert = await alertOf(rule, next, found)
    const event = alert && alertEvent({ alert, rule, endpointName: nameOf(rule) }, { ids, now })
    rules.set(rule.id, next)
    try {
      const deliveries = await store.saveRule({ rule: next, alert, event })
      tell(next, alert, { event: event?.event ?? null, deliveries })
    } catch (error) {
      if (rules.get(rule.id) === next) rules.set(rule.id, rule)
      throw error
    }
  }

  /** The alert that a change of state raises or resolves; null where it does neither. */
  async function alertOf(before: AlertRule, next: AlertRule, found: Measured | null): Promise<Alert | null> {
    if (next.state === 'raised') return newAlert(next, found!)
    if (before.state !== 'raised') return null
    const open = await store.openAlert(before.id)
    return open && { ...open, resolvedAt: next.stateSince, resolvedBy: found }
  }

  function newAlert(rule: AlertRule, { value, sampleSize }: Measured): Alert {
    const { projectId, name, kind, threshold, windowMinutes, minSample, endpointId, stateSince } = rule
    const condition = { kind, threshold, windowMinutes, minSample }
    return {
      id: ids.next('alt'),
      projectId,
      ruleId: rule.id,
      name,
      ...condition,
      endpointId,
      value,
      sampleSize,
      raisedAt: stateSince,
      resolvedAt: null,
      resolvedBy: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
    }
  }

  const nameOf = ({ projectId, endpointId }: AlertRule): string | null =>
    deps.endpoints(projectId).find(({ id }) => id === endpointId)?.name ?? null

  function tell(
    { projectId }: AlertRule,
    alert: Alert | null,
    { event, deliveries }: { event: EventRecord | null; deliveries: readonly Delivery[] },
  ): void {
    if (alert === null) changes.publish({ type: 'alerts.changed', projectId })
    else if (alert.resolvedAt === null) changes.publish({ type: 'alert.raised', projectId, alert })
    else changes.publish({ type: 'alert.resolved', projectId, alert })
    if (event) changes.publish({ type: 'event.captured', projectId, event, findings: NO_FINDINGS, deliveries })
    deps.onScheduled(deliveries)
  }

  const enabled = (): AlertRule[] =>
    [...rules.values()].filter(({ enabled: isOn, projectId }) => isOn && deps.registry.projects.has(projectId))

  function tick(): void {
    const isDue = hasMoved || clock.monotonic() - lookedAt >= LOOK_ANYWAY_MS
    if (isDue) {
      hasMoved = false
      lookedAt = clock.monotonic()
      looking = lookPatiently()
    }
    void looking.then(arm)
  }

  async function lookPatiently(): Promise<void> {
    try {
      await look(enabled())
    } catch (error) {
      const isExpected = error instanceof StoreUnavailableError
      log[isExpected ? 'warn' : 'error']('The alert rules could not be looked at', { error: String(error) })
    }
  }

  function arm(): void {
    cancelTimer?.()
    cancelTimer = isStarted && enabled().length > 0 ? clock.after(LOOK_EVERY_MS, tick) : null
  }

  return {
    look,
    async measure(condition) {
      return measured(condition, await countsFor([condition])) ?? { value: null, sampleSize: 0 }
    },
    start() {
      isStarted = true
      hasMoved = true
      arm()
    },
    rulesChanged: () => {
      if (cancelTimer === null) arm()
    },
    async stop() {
      isStarted = false
      arm()
      await looking
    },
  }
}
