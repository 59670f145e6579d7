import { AppError } from '#shared/model/app-error.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import {
  KEEP_ALL,
  NOTHING_SWEPT,
  Retention,
  RETENTION_SETTING,
  takesAnything,
  type SweepCounts,
} from '#shared/model/retention.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Clock, Log, SettingStore } from '../ports.ts'
import { findCutoff } from './find-cutoff.ts'
import type { RetentionStore } from './retention-store.ts'
import { countSweep, giveBackSpace, pause, sweep } from './sweep.ts'

/** How far apart the sweeps of a project begin that has a rule. */
const EVERY_MS = 3_600_000
/** The first waits until a start has settled. */
const FIRST_MS = 60_000
const FORGOTTEN_AT_ONCE = 50

export interface SweepRun {
  state: 'running' | 'done' | 'canceled' | 'failed'
  startedAt: number
  finishedAt: number | null
  counts: SweepCounts
}

export interface RetentionsApi {
  rule(projectId: ProjectId): Retention
  change(projectId: ProjectId, change: Partial<Retention>): Promise<Retention>
  /** What a rule, by default the project's own, would take now. */
  preview(projectId: ProjectId, rule?: Retention): Promise<SweepCounts>
  /** The sweep under way, or the last one since the start; null where there was none. */
  lastSweep(projectId: ProjectId): SweepRun | null
  /** Sweeps now. Throws `AppError` `sweep_running`. */
  sweepNow(projectId: ProjectId): SweepRun
  /** Stops the sweep under way; what it deleted stays deleted. */
  cancelSweep(projectId: ProjectId): Promise<SweepRun | null>
  /**
   * Deletes one event with its deliveries and attempts, whatever waits. Throws `AppError` `not_found`, or
   * `event_under_way` while a delivery of it is.
   */
  deleteEvent(event: EventRecord): Promise<SweepCounts>
  /** Of a project that is deleted: nothing more is swept by rule. */
  forget(projectId: ProjectId): Promise<void>
  /** Begins to sweep by itself. */
  start(): void
  stop(): Promise<void>
}

interface Sweeping {
  run: SweepRun
  isStopped: boolean
  ended: Promise<void>
}

export interface RetentionDeps {
  store: RetentionStore
  settings: SettingStore
  clock: Clock
  log: Log
  changes: Feed<Change>
  /** Whether what a restore brought back waits for a decision: until then nothing of it is swept by itself. */
  isUndecided(): boolean
  /** Hears what a sweep took. */
  onSwept(projectId: ProjectId, counts: SweepCounts): void
}

export async function createRetentions(deps: RetentionDeps): Promise<RetentionsApi> {
  const { store, settings, clock, log, changes } = deps
  const rules = await readRules(settings)
  const sweeps = new Map<ProjectId, Sweeping>()
  let cancelTimer: (() => void) | null = null
  let isStarted = false

  /** Nothing waits where no project has a rule. */
  function arm(delayMs: number): void {
    cancelTimer?.()
    cancelTimer = null
    if (!isStarted || ![...rules.values()].some(takesAnything)) return
    cancelTimer = clock.after(delayMs, () => {
      for (const [projectId, rule] of rules) if (takesAnything(rule) && !deps.isUndecided()) begin(projectId)
      arm(EVERY_MS)
    })
  }

  const ruleOf = (projectId: ProjectId): Retention => rules.get(projectId) ?? KEEP_ALL

  function begin(projectId: ProjectId): Sweeping {
    const known = sweeps.get(projectId)
    if (known?.run.state === 'running') return known
    const run: SweepRun = { state: 'running', startedAt: clock.now(), finishedAt: null, counts: NOTHING_SWEPT }
    const sweeping: Sweeping = { run, isStopped: false, ended: Promise.resolve() }
    sweeps.set(projectId, sweeping)
    sweeping.ended = perform(projectId, sweeping)
    return sweeping
  }

  async function perform(projectId: ProjectId, sweeping: Sweeping): Promise<void> {
    const rule = ruleOf(projectId)
    try {
      const before = await findCutoff(deps, projectId, {
        rule,
        now: clock.now(),
        isStopped: () => sweeping.isStopped,
      })
      if (before !== null && !sweeping.isStopped) {
        const counts = await takeEvents(projectId, { sweeping, before, undelivered: rule.undelivered })
        const forgotten = await forgetHistory(projectId, sweeping, before.receivedAt)
        if (counts.events + counts.expired + forgotten > 0) await tidyUp(projectId, sweeping, { counts, forgotten })
      }
      end(sweeping, sweeping.isStopped ? 'canceled' : 'done')
    } catch (error) {
      end(sweeping, 'failed')
      log.error('A sweep could not go on', { projectId, error: String(error) })
    }
  }

  function takeEvents(
    projectId: ProjectId,
    order: { sweeping: Sweeping; before: Parameters<typeof sweep>[1]['before']; undelivered: Retention['undelivered'] },
  ): Promise<SweepCounts> {
    const { sweeping, ...rest } = order
    return sweep(deps, {
      projectId,
      ...rest,
      onProgress: (so) => (sweeping.run = { ...sweeping.run, counts: so }),
      isStopped: () => sweeping.isStopped,
    })
  }

  /** What ended before the oldest event that stays; answers how many. */
  async function forgetHistory(projectId: ProjectId, sweeping: Sweeping, endedBefore: number): Promise<number> {
    const step = { projectId, endedBefore, limit: FORGOTTEN_AT_ONCE }
    for (let forgotten = 0; ; await pause(clock)) {
      if (sweeping.isStopped) return forgotten
      const count = await store.forgetHistory(step)
      forgotten += count
      if (count < FORGOTTEN_AT_ONCE) return forgotten
    }
  }

  /** Once all is taken: its space goes back, and whoever looks is told. */
  async function tidyUp(
    projectId: ProjectId,
    sweeping: Sweeping,
    { counts, forgotten }: { counts: SweepCounts; forgotten: number },
  ): Promise<void> {
    await giveBackSpace(deps, () => sweeping.isStopped)
    log.info('What is old was swept', { projectId, ...counts, forgotten })
    if (counts.events + counts.expired === 0) return
    deps.onSwept(projectId, counts)
    changes.publish({ type: 'deliveries.changed', projectId })
  }

  function end(sweeping: Sweeping, state: SweepRun['state']): void {
    sweeping.run = { ...sweeping.run, state, finishedAt: clock.now() }
  }

  return {
    rule: ruleOf,

    async change(projectId, change) {
      const rule = { ...ruleOf(projectId), ...change }
      await settings.put(projectId, RETENTION_SETTING, rule)
      rules.set(projectId, rule)
      arm(EVERY_MS)
      return rule
    },

    async preview(projectId, rule = ruleOf(projectId)) {
      const before = await findCutoff(deps, projectId, { rule, now: clock.now() })
      return before === null ? NOTHING_SWEPT : countSweep(deps, { projectId, before, undelivered: rule.undelivered })
    },

    lastSweep: (projectId) => sweeps.get(projectId)?.run ?? null,

    sweepNow(projectId) {
      if (sweeps.get(projectId)?.run.state === 'running') {
        throw new AppError('sweep_running', 'This project is being swept already.', {
          hint: 'Wait until it is done, or cancel it.',
        })
      }
      return begin(projectId).run
    },

    async cancelSweep(projectId) {
      const sweeping = sweeps.get(projectId)
      if (!sweeping) return null
      sweeping.isStopped = true
      await sweeping.ended
      return sweeping.run
    },

    async deleteEvent({ id, projectId }) {
      const counts = await store.deleteEvent(id)
      if (counts === null) {
        throw new AppError('event_under_way', 'A delivery of this event is under way.', {
          hint: 'Wait until its attempt has ended.',
        })
      }
      changes.publish({ type: 'deliveries.changed', projectId })
      await giveBackSpace(deps, () => !isStarted)
      return counts
    },

    async forget(projectId) {
      rules.delete(projectId)
      const sweeping = sweeps.get(projectId)
      if (sweeping) sweeping.isStopped = true
      await sweeping?.ended
      sweeps.delete(projectId)
    },

    start() {
      isStarted = true
      arm(FIRST_MS)
    },

    async stop() {
      isStarted = false
      arm(0)
      for (const sweeping of sweeps.values()) sweeping.isStopped = true
      await Promise.all([...sweeps.values()].map(({ ended }) => ended))
    },
  }
}

/** A rule that cannot be read keeps everything. */
async function readRules(settings: SettingStore): Promise<Map<ProjectId, Retention>> {
  const rules = new Map<ProjectId, Retention>()
  for (const [scope, value] of await settings.all(RETENTION_SETTING)) {
    const parsed = Retention.safeParse(value)
    if (scope !== 'account' && parsed.success) rules.set(scope, parsed.data)
  }
  return rules
}
