import { AppError } from '#shared/model/app-error.ts'
import type { EndpointId, ProjectId } from '#shared/model/ids.ts'
import { WorkflowRunId } from '#shared/model/ids.ts'
import { Slug } from '#shared/model/project.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import type { Workflow, WorkflowDefinition } from '#shared/model/workflows/workflow.ts'
import type { RunOrder, WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Change, EndpointsApi } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { AddressGuard, Clock, Ids, Random, RunWithSteps, WorkflowStore } from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'
import { createTurns } from '../turns.ts'
import { checkDefinition } from './definition/check-definition.ts'
import { variesInHost } from './definition/variables.ts'
import { planRun } from './run/plan-run.ts'
import type { Runner } from './run/runner.ts'
import { nextStart } from './schedule/cron.ts'
import type { RunRequest, WorkflowsApi } from './workflows-api.ts'

export interface WorkflowsDeps {
  store: WorkflowStore
  registry: Registry
  catalog: Pick<Catalog, 'resolve'>
  endpoints: Pick<EndpointsApi, 'find'>
  guard: AddressGuard
  clock: Clock
  ids: Ids
  random: Random
  changes: Feed<Change>
  runner: Runner
  /** A schedule was added, changed or removed. */
  onRescheduled(): void
}

/** As many as a project can have. */
const MOST = 500

export interface Workflows extends WorkflowsApi {
  /** Starts a run by schedule; throws as `start` does. */
  startScheduled(workflow: Workflow, start: { scheduledFor: number; missedStarts: number }): Promise<void>
  noteSeen(workflowId: Workflow['id'], seen: Partial<Pick<Workflow, 'seenToAt' | 'skipped'>>): void
}

export function createWorkflows(deps: WorkflowsDeps): Workflows {
  const { store, registry, clock, ids, changes, runner } = deps
  const turns = createTurns()

  const find = (projectId: ProjectId, ref: string): Workflow | null =>
    ofProject(registry.workflows, projectId).find(({ id, name }) => name === ref || id === ref) ?? null

  function get(projectId: ProjectId, name: string): Workflow {
    const found = find(projectId, name)
    if (found) return found
    throw new AppError('not_found', `There is no workflow “${name.slice(0, 63)}” in this project.`, {
      hint: 'GET /api/v1/workflows lists them; PUT /api/v1/workflows/{name} defines one.',
    })
  }

  /** One after the other for each workflow: what is begun, replaced or deleted is decided on all runs that are open. */
  function inTurn<T>(projectId: ProjectId, ref: string, task: () => Promise<T>): Promise<T> {
    return turns(`${projectId} ${find(projectId, ref)?.name ?? ref}`, task)
  }

  function keep(workflow: Workflow): void {
    registry.workflows.set(workflow.id, workflow)
    changes.publish({ type: 'workflow.changed', projectId: workflow.projectId, workflowId: workflow.id })
  }

  /** As it is by now: it may have been changed meanwhile, and a start that was seen to stays so. */
  function noteSeen(workflowId: Workflow['id'], seen: Partial<Pick<Workflow, 'seenToAt' | 'skipped'>>): void {
    const workflow = registry.workflows.get(workflowId)
    if (workflow) keep({ ...workflow, ...seen })
  }

  async function run(workflow: Workflow, runId: string): Promise<RunWithSteps> {
    const parsed = WorkflowRunId.safeParse(runId)
    const found = parsed.success ? await store.run(parsed.data) : null
    if (found?.run.workflowId === workflow.id) return found
    throw new AppError('not_found', `“${workflow.name}” has no run “${runId.slice(0, 40)}”.`)
  }

  /** Throws where a run of the workflow is open and it has one at a time. */
  function checkOverlap({ id, name, definition }: Workflow): void {
    const [open] = runner.openRuns(id)
    if (definition.options.overlap === 'refuse' && open) throw inProgress(name, open)
  }

  async function replaceOpen({ id, definition }: Workflow): Promise<void> {
    if (definition.options.overlap !== 'replace') return
    await Promise.all(runner.openRuns(id).map((each) => runner.halt(each.id, 'canceled')))
  }

  /** Run it in turn. */
  async function begin(
    workflow: Workflow,
    { order, actor, only = null }: { order: RunOrder; actor: string; only?: ReadonlySet<string> | null },
  ): Promise<WorkflowRun> {
    const plan = planRun(
      { workflow, order, actor, only, now: clock.now() },
      { ...deps, endpoint: (id) => registry.endpoints.get(id) ?? null },
    )
    checkOverlap(workflow)
    await replaceOpen(workflow)
    await store.createRun({ ...plan, seenToAt: order.scheduledFor })
    if (order.scheduledFor !== null) noteSeen(workflow.id, { seenToAt: order.scheduledFor })
    const { projectId } = workflow
    for (const { event } of plan.events) {
      changes.publish({ type: 'event.captured', projectId, event, findings: NO_FINDINGS, deliveries: [] })
    }
    changes.publish({ type: 'workflow_run.changed', projectId, run: plan.run })
    runner.take(plan)
    return plan.run
  }

  async function put(projectId: ProjectId, name: string, definition: WorkflowDefinition): Promise<Workflow> {
    const now = clock.now()
    const before = find(projectId, name)
    const named = Slug.safeParse(before?.name ?? name)
    if (!named.success) throw badName(named.error.issues[0]?.message ?? '')
    checkDefinition({ projectId, definition }, deps, now)
    if (!before && ofProject(registry.workflows, projectId).length >= MOST) {
      throw new AppError('invalid_request', `A project has at most ${MOST} workflows.`)
    }
    const isSameSchedule = sameSchedule(before, definition)
    const workflow: Workflow = {
      id: before?.id ?? ids.next('wfl'),
      projectId,
      name: named.data,
      definition,
      // Starts of another schedule were never promised, so none of before now is made up for.
      seenToAt: before && isSameSchedule ? before.seenToAt : now,
      skipped: before && isSameSchedule ? before.skipped : null,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    }
    await store.put(workflow)
    const seenToAt = Math.max(workflow.seenToAt, registry.workflows.get(workflow.id)?.seenToAt ?? 0)
    keep({ ...workflow, seenToAt })
    deps.onRescheduled()
    return workflow
  }

  return {
    get,
    run,
    noteSeen,
    list: (projectId) => ofProject(registry.workflows, projectId).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    latestRuns: (projectId) => store.latestRuns(projectId),
    runs: (workflow, page) => store.runs({ workflowId: workflow.id, ...page }),
    nextStartAt: ({ definition }) => (definition.schedule ? nextStart(definition.schedule, clock.now()) : null),
    variesInHost: ({ definition }) => definition.targets.some((target) => 'url' in target && variesInHost(target.url)),

    put: (projectId, name, definition) => inTurn(projectId, name, () => put(projectId, name, definition)),

    delete: (projectId, ref) =>
      inTurn(projectId, ref, async () => {
        const { id, name } = get(projectId, ref)
        const [open] = runner.openRuns(id)
        if (open) throw inProgress(name, open)
        const runs = await store.delete(id)
        registry.workflows.delete(id)
        changes.publish({ type: 'workflow.changed', projectId, workflowId: id })
        deps.onRescheduled()
        return { runs }
      }),

    start: (projectId, name, request, actor) =>
      inTurn(projectId, name, async () => {
        const workflow = get(projectId, name)
        const retried = request.retryOf === null ? null : await run(workflow, request.retryOf)
        const order = orderOf(workflow, { request, retried }, deps)
        return begin(workflow, { order, actor: actor.name, only: retried && failedTargets(retried) })
      }),

    startScheduled: ({ id, projectId, name }, { scheduledFor, missedStarts }) =>
      inTurn(projectId, name, async () => {
        const workflow = registry.workflows.get(id)
        // It was deleted, or its schedule taken away, while another start of it was under way.
        if (!workflow?.definition.schedule) return
        const { tags } = workflow.definition.schedule
        const nobody = { variables: {}, callbackEndpointId: null, retryOf: null }
        const order: RunOrder = { trigger: 'schedule', tags, ...nobody, scheduledFor, missedStarts }
        await begin(workflow, { order, actor: 'schedule' })
      }),

    async cancel(workflow, runId) {
      const { run: asked } = await run(workflow, runId)
      if (asked.status !== 'running' || !(await runner.halt(asked.id, 'canceled'))) {
        throw new AppError('run_over', 'This run has ended.', { hint: 'Start another one.' })
      }
      return run(workflow, runId)
    },
  }
}

function orderOf(
  { projectId, definition }: Workflow,
  { request, retried }: { request: RunRequest; retried: RunWithSteps | null },
  { endpoints }: Pick<WorkflowsDeps, 'endpoints'>,
): RunOrder {
  const { trigger, tags, callbackEndpointId } = request
  if (callbackEndpointId !== null && !endpoints.find(projectId, callbackEndpointId)) {
    throw new AppError('invalid_request', `There is no endpoint “${callbackEndpointId}” in this project.`, {
      field: 'callbackEndpointId',
      hint: 'GET /api/v1/endpoints lists them.',
    })
  }
  return {
    trigger,
    tags: [...tags],
    variables: { ...stillKnown(retried, definition), ...request.variables },
    callbackEndpointId: callbackEndpointId as EndpointId | null,
    retryOf: retried?.run.id ?? null,
    scheduledFor: null,
    missedStarts: 0,
  }
}

/** The variables of the run that is tried again, as far as the workflow still has them. */
function stillKnown(retried: RunWithSteps | null, { variables }: Workflow['definition']): RunOrder['variables'] {
  const earlier = Object.entries(retried?.run.order.variables ?? {})
  return Object.fromEntries(earlier.filter(([name]) => Object.hasOwn(variables, name)))
}

/** The targets of a run that did not succeed, by endpoint or address. Throws `AppError` where all did, or it goes on. */
function failedTargets({ run, steps }: RunWithSteps): ReadonlySet<string> {
  const failed = steps.filter(({ outcome }) => outcome !== 'succeeded')
  if (run.status === 'running') throw inProgress(run.workflow, run)
  if (failed.length > 0) return new Set(failed.map(({ endpointId, url }) => endpointId ?? url))
  throw new AppError('invalid_request', 'Every target of that run succeeded: there is none to try again.', {
    field: 'retryOf',
    hint: 'Leave retryOf out to run the whole workflow.',
  })
}

function sameSchedule(before: Workflow | null, { schedule }: Workflow['definition']): boolean {
  const earlier = before?.definition.schedule
  return earlier?.cron === schedule?.cron && earlier?.timeZone === schedule?.timeZone
}

function inProgress(name: string, open: WorkflowRun): AppError {
  return new AppError('run_in_progress', `A run of “${name}” is going on (${open.id}).`, {
    hint: 'Wait for its end or cancel it; with options.overlap “parallel” or “replace” the next one starts all the same.',
  })
}

function badName(problem: string): AppError {
  return new AppError('invalid_request', `The name of a workflow does not fit: ${problem}.`, { field: 'name' })
}
