import { WorkflowDefinition, type Workflow } from '#shared/model/workflows/workflow.ts'
import type { RunStep, WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { ids, NOW } from '../records.ts'

export function newWorkflow(projectId: ProjectId, change: Partial<Workflow> = {}): Workflow {
  return {
    id: ids.next('wfl'),
    projectId,
    name: `smoke-${ids.next('wfl').slice(-8).toLowerCase()}`,
    definition: WorkflowDefinition.parse({
      targets: [{ url: 'http://127.0.0.1:1/', tags: ['eu'] }],
      events: [{ type: 'order.paid', data: { total: 42 } }],
    }),
    seenToAt: NOW,
    skipped: null,
    createdAt: NOW,
    updatedAt: NOW,
    ...change,
  }
}

export function newRun({ id, projectId, name }: Workflow, change: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id: ids.next('run'),
    projectId,
    workflowId: id,
    workflow: name,
    actor: 'tests',
    order: {
      trigger: 'ci',
      tags: ['eu'],
      variables: { host: 'shop.test' },
      callbackEndpointId: null,
      retryOf: null,
      scheduledFor: null,
      missedStarts: 0,
    },
    concurrency: 4,
    stopOnFirstFailure: false,
    timeoutMs: 60_000,
    status: 'running',
    stop: null,
    completed: 0,
    failed: 0,
    total: 1,
    startedAt: NOW,
    finishedAt: null,
    ...change,
  }
}

export function newStep(event: EventRecord, change: Partial<RunStep> = {}): RunStep {
  return {
    unit: 0,
    number: 0,
    url: 'http://127.0.0.1:1/',
    endpointId: null,
    tags: ['eu'],
    eventId: event.id,
    eventType: event.type,
    policy: 'once',
    deliveryId: null,
    outcome: 'waiting',
    startedAt: null,
    finishedAt: null,
    attempts: 0,
    lastStatus: null,
    lastFailure: null,
    ...change,
  }
}
