import { WorkflowDefinition, SkippedStarts, type Workflow } from '#shared/model/workflows/workflow.ts'
import { RunOrder, WorkflowRun, type RunStep } from '#shared/model/workflows/workflow-run.ts'

export type WorkflowRow = Omit<Workflow, 'definition' | 'skipped'> & { definition: string; skipped: string | null }

/** `w` is the workflow, `p` its project. */
export const WORKFLOW_COLUMNS = `
  w.id, p.id AS projectId, w.name, w.definition, w.seen_to_at AS seenToAt, w.skipped, w.created_at AS createdAt,
  w.updated_at AS updatedAt`

export function toWorkflow({ definition, skipped, ...row }: WorkflowRow): Workflow {
  return {
    ...row,
    definition: WorkflowDefinition.parse(JSON.parse(definition)),
    skipped: skipped === null ? null : SkippedStarts.parse(JSON.parse(skipped)),
  }
}

export function toWorkflowRow({ definition, skipped, ...workflow }: Workflow): WorkflowRow {
  return { ...workflow, definition: JSON.stringify(definition), skipped: skipped && JSON.stringify(skipped) }
}

const Rules = WorkflowRun.pick({ concurrency: true, stopOnFirstFailure: true, timeoutMs: true })

export type RunRow = Omit<WorkflowRun, 'order' | 'concurrency' | 'stopOnFirstFailure' | 'timeoutMs'> & {
  runOrder: string
  rules: string
}

/** `r` is the run, `w` its workflow, `p` its project. */
export const RUN_COLUMNS = `
  r.id, p.id AS projectId, w.id AS workflowId, w.name AS workflow, r.actor, r.run_order AS runOrder, r.rules, r.status,
  r.stop, r.completed, r.failed, r.total, r.started_at AS startedAt, r.finished_at AS finishedAt`

export function toRun({ runOrder, rules, ...row }: RunRow): WorkflowRun {
  return { ...row, order: RunOrder.parse(JSON.parse(runOrder)), ...Rules.parse(JSON.parse(rules)) }
}

export function toRunRow({ order, concurrency, stopOnFirstFailure, timeoutMs, ...run }: WorkflowRun): RunRow {
  const rules = { concurrency, stopOnFirstFailure, timeoutMs }
  return { ...run, runOrder: JSON.stringify(order), rules: JSON.stringify(rules) }
}

export type StepRow = Omit<RunStep, 'tags'> & { tags: string }

export const STEP_COLUMNS = `
  unit, number, url, endpoint_id AS endpointId, tags, event_id AS eventId, event_type AS eventType, policy,
  delivery_id AS deliveryId, outcome, started_at AS startedAt, finished_at AS finishedAt, attempts,
  last_status AS lastStatus, last_failure AS lastFailure`

export function toStep({ tags, ...row }: StepRow): RunStep {
  return { ...row, tags: JSON.parse(tags) as RunStep['tags'] }
}

export function toStepRow({ tags, ...step }: RunStep): StepRow {
  return { ...step, tags: JSON.stringify(tags) }
}
