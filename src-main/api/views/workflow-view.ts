import { toInstant } from '#shared/contract/base.ts'
import type { RunDetail, RunView, WorkflowView } from '#shared/contract/workflows/workflows.ts'
import type { Workflow } from '#shared/model/workflows/workflow.ts'
import type { WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import { runState, type Engine } from '../../engine/engine.ts'
import type { RunWithSteps } from '../../engine/ports.ts'

const instantOrNull = (at: number | null) => toInstant(at)

export function toRunView(run: WorkflowRun): RunView {
  const { id, workflow, actor, stop, order, startedAt, finishedAt } = run
  return {
    id,
    ...runState(run),
    workflow,
    actor,
    ...order,
    stop,
    scheduledFor: instantOrNull(order.scheduledFor),
    startedAt: toInstant(startedAt),
    finishedAt: instantOrNull(finishedAt),
  }
}

export function toRunDetail({ run, steps }: RunWithSteps): RunDetail {
  return {
    ...toRunView(run),
    trace: steps.map(({ unit: _unit, number: _number, policy: _policy, ...step }) => ({
      ...step,
      startedAt: instantOrNull(step.startedAt),
      finishedAt: instantOrNull(step.finishedAt),
    })),
  }
}

export function toWorkflowView(
  { workflows }: Pick<Engine, 'workflows'>,
  workflow: Workflow,
  latestRuns: readonly WorkflowRun[],
): WorkflowView {
  const { id, name, definition, skipped, createdAt, updatedAt } = workflow
  const latest = latestRuns.find(({ workflowId }) => workflowId === id)
  return {
    id,
    name,
    ...definition,
    nextStartAt: instantOrNull(workflows.nextStartAt(workflow)),
    skipped: skipped && { ...skipped, at: toInstant(skipped.at) },
    latestRun: latest ? toRunView(latest) : null,
    createdAt: toInstant(createdAt),
    updatedAt: toInstant(updatedAt),
  }
}
