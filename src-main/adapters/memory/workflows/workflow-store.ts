import type { RunWithSteps, WorkflowStore } from '#main/engine/ports.ts'
import type { WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import { addDeliveries } from '../deliveries/settle-delivery.ts'
import { appendEvent } from '../events/append-event.ts'
import { newestFirst } from '../newest-first.ts'
import type { MemoryState } from '../state.ts'

export function createWorkflowStore(state: MemoryState): WorkflowStore {
  const { workflows, workflowRuns } = state
  const runsWhere = (isWanted: (run: WorkflowRun) => boolean): WorkflowRun[] =>
    [...workflowRuns.values()].map(({ run }) => run).filter(isWanted)
  const place = { id: ({ id }: WorkflowRun) => id, at: ({ startedAt }: WorkflowRun) => startedAt }

  return {
    list: async () => [...workflows.values()],
    async put(workflow) {
      const seenToAt = Math.max(workflow.seenToAt, workflows.get(workflow.id)?.seenToAt ?? 0)
      workflows.set(workflow.id, { ...workflow, seenToAt })
    },

    async delete(workflowId) {
      const runs = runsWhere((run) => run.workflowId === workflowId)
      for (const { id } of runs) workflowRuns.delete(id)
      workflows.delete(workflowId)
      return runs.length
    },

    async seeTo({ workflowId, ...seen }) {
      const workflow = workflows.get(workflowId)
      if (workflow) workflows.set(workflowId, { ...workflow, ...seen })
    },

    async createRun({ run, steps, events, seenToAt }) {
      for (const { event, body } of events) appendEvent(state, { event, body, deliveries: [], idempotency: null })
      workflowRuns.set(run.id, { run, steps })
      const workflow = workflows.get(run.workflowId)
      if (workflow && seenToAt !== null) workflows.set(workflow.id, { ...workflow, seenToAt })
    },

    async advanceRun({ run, steps, deliveries, finished }) {
      const before = workflowRuns.get(run.id)
      if (!before) return null
      for (const { sender, projectId, createdAt } of deliveries) {
        if (sender) state.senders.set(sender.id, { ...sender, projectId, sealed: null, createdAt })
      }
      const stored = addDeliveries(state, deliveries)
      workflowRuns.set(run.id, { run, steps: changedSteps(before.steps, steps) })
      const appended = finished && appendEvent(state, finished)
      return { deliveries: stored, finishedDeliveries: appended?.kind === 'appended' ? appended.deliveries : [] }
    },

    run: async (runId) => workflowRuns.get(runId) ?? null,
    openRuns: async () => [...workflowRuns.values()].filter(({ run }) => run.finishedAt === null),
    runs: async ({ workflowId, ...page }) =>
      newestFirst(
        runsWhere((run) => run.workflowId === workflowId),
        place,
        page,
      ),

    async latestRuns(projectId) {
      const ofProject = runsWhere((run) => run.projectId === projectId)
      const latest = Map.groupBy(ofProject, ({ workflowId }) => workflowId)
      return [...latest.values()].map((runs) => newestFirst(runs, place, { limit: 1, cursor: null }).items[0]!)
    },
  }
}

function changedSteps(all: RunWithSteps['steps'], changed: RunWithSteps['steps']): RunWithSteps['steps'] {
  return all.map((step) => changed.find(({ unit, number }) => unit === step.unit && number === step.number) ?? step)
}
