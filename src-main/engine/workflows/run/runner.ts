import type { Delivery } from '#shared/model/delivery.ts'
import type { DeliveryId, WorkflowId, WorkflowRunId } from '#shared/model/ids.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import type { RunStop, WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import type { Change } from '../../engine.ts'
import type { Feed } from '../../feed.ts'
import type { Clock, DeliveryStore, Ids, Log, RunAdvance, RunWithSteps, WorkflowStore } from '../../ports.ts'
import type { Registry } from '../../registry.ts'
import { advanceRun } from './advance-run.ts'
import { finishedEvent } from './finished-event.ts'

export interface RunnerDeps {
  store: WorkflowStore
  deliveries: Pick<DeliveryStore, 'get' | 'cancel'>
  registry: Registry
  clock: Clock
  ids: Ids
  log: Log
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

/** Carries runs through: what to send next is decided here, sending it is the dispatcher's. */
export interface Runner {
  /** Takes up the runs that an earlier program left open. */
  start(): Promise<void>
  /** Goes on with a run that was just stored. */
  take(run: RunWithSteps): void
  /** Resolves to false where no such run is open. */
  halt(runId: WorkflowRunId, reason: 'canceled' | 'timed_out'): Promise<boolean>
  /** The open runs of a workflow. */
  openRuns(workflowId: WorkflowId): readonly WorkflowRun[]
  /** Begins nothing more; what is under way is taken up by the next start. */
  stop(): Promise<void>
}

/** How long after a refusal the store is asked again. */
const STORE_WAIT_MS = 1_000

interface OpenRun {
  state: RunWithSteps
  /** What is not yet reckoned with. */
  news: Map<DeliveryId, Delivery | null>
  stop: RunStop | null
  /** Something is new, or it never went on yet. */
  isDue: boolean
  isWorking: boolean
  /** Resolves once it has come to rest. */
  working: Promise<void>
  cancelTimers: (() => void)[]
}

export function createRunner(deps: RunnerDeps): Runner {
  const { store, clock, ids, log, registry, changes } = deps
  const open = new Map<WorkflowRunId, OpenRun>()
  /** Of steps under way. */
  const runOf = new Map<DeliveryId, WorkflowRunId>()
  let stopped = false

  function add(state: RunWithSteps): OpenRun {
    const { id, timeoutMs, startedAt } = state.run
    const added: OpenRun = {
      state,
      news: new Map(),
      stop: null,
      isDue: true,
      isWorking: false,
      working: Promise.resolve(),
      cancelTimers: [],
    }
    added.cancelTimers.push(
      clock.after(Math.max(0, startedAt + timeoutMs - clock.now()), () => void halt(id, 'timed_out')),
    )
    open.set(id, added)
    return added
  }

  function hear(delivery: Delivery): void {
    const runId = runOf.get(delivery.id)
    const heard = runId === undefined ? undefined : open.get(runId)
    if (!heard) return
    heard.news.set(delivery.id, delivery)
    work(heard)
  }

  /** One step at a time for each run, so that every one is decided on all that is known. */
  function work(one: OpenRun): void {
    one.isDue = true
    if (!one.isWorking) one.working = carryOn(one)
  }

  async function carryOn(one: OpenRun): Promise<void> {
    one.isWorking = true
    try {
      while (one.isDue && !stopped && open.has(one.state.run.id)) {
        one.isDue = false
        await stepOn(one)
      }
    } catch (error) {
      log.error('A run of a workflow could not go on; it is tried again', { error: String(error) })
      one.cancelTimers.push(clock.after(STORE_WAIT_MS, () => work(one)))
    }
    one.isWorking = false
  }

  async function stepOn(one: OpenRun): Promise<void> {
    const news = new Map(one.news)
    const advance = advanceRun(one.state, { deliveries: news, stop: one.stop }, { ids, now: clock.now() })
    if (advance) await goOn(one, advance)
    for (const [id, delivery] of news) if (one.news.get(id) === delivery) one.news.delete(id)
    if (isHalted(one)) await cancelWaiting(one)
  }

  async function goOn(one: OpenRun, advance: Omit<RunAdvance, 'finished'>): Promise<void> {
    const finished = advance.run.finishedAt === null ? null : finishedEvent(advance.run, { registry, ids })
    for (const { id } of advance.deliveries) runOf.set(id, advance.run.id)
    const stored = await store.advanceRun({ ...advance, finished })
    // Its project was deleted, and the run with it.
    if (!stored) return close(one)
    const changed = new Map(advance.steps.map((step) => [`${step.unit} ${step.number}`, step]))
    const steps = one.state.steps.map((step) => changed.get(`${step.unit} ${step.number}`) ?? step)
    one.state = { run: advance.run, steps }
    noteGone(one, advance.deliveries, stored.deliveries)
    tell(advance.run, stored.deliveries, finished && { ...finished, deliveries: stored.finishedDeliveries })
    if (finished) close(one)
  }

  /** What was begun towards an endpoint that is gone was left out by the store. */
  function noteGone(one: OpenRun, begun: readonly Delivery[], stored: readonly Delivery[]): void {
    const kept = new Set(stored.map(({ id }) => id))
    const gone = begun.filter(({ id }) => !kept.has(id))
    for (const { id } of gone) one.news.set(id, null)
    if (gone.length > 0) one.isDue = true
  }

  function tell(
    run: WorkflowRun,
    begun: readonly Delivery[],
    finished: Pick<ReturnType<typeof finishedEvent>, 'event' | 'deliveries'> | null,
  ): void {
    const { projectId } = run
    for (const delivery of begun) changes.publish({ type: 'delivery.changed', projectId, delivery })
    changes.publish({ type: 'workflow_run.changed', projectId, run })
    if (finished) {
      const { event, deliveries } = finished
      changes.publish({ type: 'event.captured', projectId, event, findings: NO_FINDINGS, deliveries })
    }
    deps.onScheduled([...begun, ...(finished?.deliveries ?? [])])
  }

  function close(one: OpenRun): void {
    for (const cancel of one.cancelTimers) cancel()
    for (const { deliveryId } of one.state.steps) if (deliveryId) runOf.delete(deliveryId)
    open.delete(one.state.run.id)
  }

  /** Cancels what waits to be sent, also for another try; what is being sent ends by itself. */
  async function cancelWaiting(one: OpenRun): Promise<void> {
    for (const { outcome, deliveryId } of one.state.steps) {
      if (outcome !== 'sending' || !deliveryId) continue
      const canceled = await deps.deliveries.cancel({ deliveryId, now: clock.now() })
      if (canceled) changes.publish({ type: 'delivery.changed', projectId: canceled.projectId, delivery: canceled })
    }
  }

  async function halt(runId: WorkflowRunId, reason: 'canceled' | 'timed_out'): Promise<boolean> {
    const one = open.get(runId)
    if (!one || isHalted(one)) return one !== undefined
    one.stop = reason
    work(one)
    await one.working
    return true
  }

  /** Many deliveries changed at once, or an endpoint did: reads those under way again. */
  async function look(projectId: WorkflowRun['projectId']): Promise<void> {
    for (const one of open.values()) if (one.state.run.projectId === projectId) await readAgain(one)
  }

  async function readAgain(one: OpenRun): Promise<void> {
    try {
      for (const { outcome, deliveryId } of one.state.steps) {
        if (outcome === 'sending' && deliveryId) one.news.set(deliveryId, await deps.deliveries.get(deliveryId))
      }
    } catch (error) {
      log.error('The deliveries of a run could not be read; they are tried again', { error: String(error) })
      one.cancelTimers.push(clock.after(STORE_WAIT_MS, () => void readAgain(one)))
    }
    work(one)
  }

  const unsubscribe = changes.subscribe((change) => {
    if (open.size === 0) return
    if (change.type === 'delivery.changed') hear(change.delivery)
    if (change.type === 'deliveries.changed') void look(change.projectId)
  })

  return {
    async start() {
      for (const state of await store.openRuns()) {
        const one = add(state)
        for (const { outcome, deliveryId } of state.steps) {
          if (outcome === 'sending' && deliveryId) runOf.set(deliveryId, state.run.id)
        }
        await readAgain(one)
      }
    },
    take(state) {
      if (!stopped) work(add(state))
    },
    halt,
    openRuns: (workflowId) =>
      [...open.values()].map(({ state }) => state.run).filter((run) => run.workflowId === workflowId),
    async stop() {
      stopped = true
      unsubscribe()
      for (const one of open.values()) for (const cancel of one.cancelTimers) cancel()
      await Promise.allSettled([...open.values()].map(({ working }) => working))
    },
  }
}

const isHalted = ({ stop, state }: OpenRun) =>
  stop !== null || state.run.stop === 'canceled' || state.run.stop === 'timed_out'
