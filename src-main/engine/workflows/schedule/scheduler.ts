import { AppError } from '#shared/model/app-error.ts'
import type { SkippedStarts, Workflow, WorkflowSchedule } from '#shared/model/workflows/workflow.ts'
import type { Clock, Log, WorkflowStore } from '../../ports.ts'
import { dueStarts, nextStart } from './cron.ts'

export interface SchedulerDeps {
  store: Pick<WorkflowStore, 'seeTo'>
  workflows: ReadonlyMap<Workflow['id'], Workflow>
  clock: Clock
  log: Log
  /** Whether nothing may start now; it is looked at again later. */
  isUndecided(): boolean
  /** Starts a run that sees to `scheduledFor`; rejects with `AppError`. */
  startRun(workflow: Workflow, start: { scheduledFor: number; missedStarts: number }): Promise<void>
  /** Says what was stored of a schedule. */
  noteSeen(workflowId: Workflow['id'], seen: Pick<Workflow, 'seenToAt' | 'skipped'>): void
}

/** Starts workflows when their schedules come due, by the wall clock. */
export interface Scheduler {
  start(): void
  /** Looks at once, and at what was changed: after a change of a workflow, and after a sleep. */
  look(): void
  stop(): Promise<void>
}

/** How late a start may be made without counting as missed. */
const ON_TIME_MS = 120_000
/** How often the wall clock is looked at while something is scheduled: it may be set, and the machine may sleep. */
const LOOK_MS = 30_000
/** A clock that was set back by more than this has schedules begin anew. */
const SET_BACK_MS = 86_400_000

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { clock, log } = deps
  let cancel = () => {}
  let running = false
  let isDue = false
  let isSeeing = false
  let seeing = Promise.resolve()

  function arm(): void {
    cancel()
    const now = clock.now()
    const waits = scheduled(deps.workflows).map(({ schedule }) => (nextStart(schedule, now) ?? Infinity) - now)
    if (!running || waits.length === 0) return
    cancel = clock.after(Math.min(LOOK_MS, ...waits), look)
  }

  function look(): void {
    isDue = true
    if (running && !isSeeing) seeing = seeToAll()
  }

  async function seeToAll(): Promise<void> {
    isSeeing = true
    while (isDue && running && !deps.isUndecided()) {
      isDue = false
      for (const { workflow, schedule } of scheduled(deps.workflows)) {
        try {
          await seeTo(workflow, schedule)
        } catch (error) {
          const fields = { workflow: workflow.name, error: String(error) }
          log.error('A schedule could not be seen to; it is tried again', fields)
        }
      }
    }
    isSeeing = false
    arm()
  }

  async function seeTo(workflow: Workflow, schedule: WorkflowSchedule): Promise<void> {
    const now = clock.now()
    if (workflow.seenToAt > now + SET_BACK_MS) return remember(workflow, { seenToAt: now, skipped: workflow.skipped })
    const since = workflow.seenToAt
    const due = (nextStart(schedule, since) ?? Infinity) > now ? null : dueStarts(schedule, { since, now })
    if (!due) return
    const isMissed = now - due.latest > ON_TIME_MS
    if (isMissed && schedule.missed === 'skip') {
      await note(workflow, { at: due.latest, count: due.count, reason: 'not_running', detail: null })
      return
    }
    const missedStarts = isMissed ? due.count : due.count - 1
    try {
      await deps.startRun(workflow, { scheduledFor: due.latest, missedStarts })
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'storage_unavailable') throw error
      const reason = error.code === 'run_in_progress' ? 'run_in_progress' : 'refused'
      await note(workflow, { at: due.latest, count: due.count, reason, detail: error.message })
    }
  }

  async function note(workflow: Workflow, skipped: SkippedStarts): Promise<void> {
    log.warn('A start by schedule was left out', { workflow: workflow.name, ...skipped })
    await remember(workflow, { seenToAt: skipped.at, skipped })
  }

  async function remember({ id }: Workflow, seen: Pick<Workflow, 'seenToAt' | 'skipped'>): Promise<void> {
    await deps.store.seeTo({ workflowId: id, ...seen })
    deps.noteSeen(id, seen)
  }

  return {
    start() {
      running = true
      look()
    },
    look,
    async stop() {
      running = false
      cancel()
      await seeing
    },
  }
}

function scheduled(workflows: SchedulerDeps['workflows']): { workflow: Workflow; schedule: WorkflowSchedule }[] {
  return [...workflows.values()].flatMap((workflow) => {
    const { schedule } = workflow.definition
    return schedule ? [{ workflow, schedule }] : []
  })
}
