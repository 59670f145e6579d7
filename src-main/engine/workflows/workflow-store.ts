import type { Delivery } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { ProjectId, WorkflowId, WorkflowRunId } from '#shared/model/ids.ts'
import type { SkippedStarts, Workflow } from '#shared/model/workflows/workflow.ts'
import type { RunStep, WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import type { AppendEvent } from '../ports/event-store.ts'
import type { Page, PageRequest } from '../ports/store.ts'

export interface RunWithSteps {
  run: WorkflowRun
  /** By target, then by event. */
  steps: readonly RunStep[]
}

/** A new run with all its steps waiting, and the events that they send. */
export interface NewRun extends RunWithSteps {
  events: readonly { event: EventRecord; body: Uint8Array }[]
  /** The start by schedule that is seen to with it, in unix ms. */
  seenToAt: number | null
}

/** How a run goes on: all of it lasts, or none. */
export interface RunAdvance {
  /** The run as it then stands. */
  run: WorkflowRun
  /** The steps that changed, as they then stand. */
  steps: readonly RunStep[]
  /** Those of steps that are begun. A sender that one names is kept with it. */
  deliveries: readonly Delivery[]
  /** The event that tells of the end, with its deliveries. */
  finished: AppendEvent | null
}

/** As they were stored: those of paused endpoints `held`, those of deleted ones left out. */
export interface AdvancedRun {
  deliveries: readonly Delivery[]
  finishedDeliveries: readonly Delivery[]
}

export interface WorkflowStore {
  /** Every workflow of every project, oldest first. */
  list(): Promise<readonly Workflow[]>
  /** Keeps a new one, or replaces the one of its id; what its schedule was seen to only grows by it. */
  put(workflow: Workflow): Promise<void>
  /** With its runs; resolves to how many. Their events and deliveries stay. */
  delete(workflowId: WorkflowId): Promise<number>
  /** Notes that starts by schedule up to `seenToAt` are seen to, and which of them were left out. */
  seeTo(step: { workflowId: WorkflowId; seenToAt: number; skipped: SkippedStarts | null }): Promise<void>
  createRun(step: NewRun): Promise<void>
  /** Resolves to null, keeping nothing, where the run was deleted. */
  advanceRun(step: RunAdvance): Promise<AdvancedRun | null>
  run(runId: WorkflowRunId): Promise<RunWithSteps | null>
  /** Those that have not ended, oldest first. */
  openRuns(): Promise<readonly RunWithSteps[]>
  /** Newest first. */
  runs(query: PageRequest & { workflowId: WorkflowId }): Promise<Page<WorkflowRun>>
  /** The latest run of each workflow of a project that has one. */
  latestRuns(projectId: ProjectId): Promise<readonly WorkflowRun[]>
}
