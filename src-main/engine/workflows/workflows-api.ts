import type { ProjectId } from '#shared/model/ids.ts'
import type { Variables, Workflow, WorkflowDefinition } from '#shared/model/workflows/workflow.ts'
import type { RunOrder, WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import type { Page, PageRequest } from '../ports/store.ts'
import type { RunWithSteps } from './workflow-store.ts'

export interface RunRequest {
  trigger: Exclude<RunOrder['trigger'], 'schedule'>
  tags: readonly string[]
  variables: Variables
  callbackEndpointId: string | null
  retryOf: string | null
}

/** A workflow is named by its name, or its id. Every call but `list` and `put` throws `AppError` `not_found` where there is no such workflow, or run of it. */
export interface WorkflowsApi {
  /** By name. */
  list(projectId: ProjectId): readonly Workflow[]
  get(projectId: ProjectId, name: string): Workflow
  /** Defines it as a whole, in place of one of this name. Throws `AppError` that names the field at fault. */
  put(projectId: ProjectId, name: string, definition: WorkflowDefinition): Promise<Workflow>
  /** With its runs. Throws `AppError` `run_in_progress`. */
  delete(projectId: ProjectId, name: string): Promise<{ runs: number }>
  /** The next start by schedule, in unix ms; null where there is none. */
  nextStartAt(workflow: Workflow): number | null
  /** Whether a run's variables decide to which hosts it sends. */
  variesInHost(workflow: Workflow): boolean
  /** The latest run of each workflow of the project that has one. */
  latestRuns(projectId: ProjectId): Promise<readonly WorkflowRun[]>
  /** Resolves once the run is stored. Throws `AppError` that names the field at fault, or `run_in_progress`. */
  start(projectId: ProjectId, name: string, request: RunRequest, actor: { name: string }): Promise<WorkflowRun>
  runs(workflow: Workflow, page: PageRequest): Promise<Page<WorkflowRun>>
  run(workflow: Workflow, runId: string): Promise<RunWithSteps>
  /** Begins nothing more of it and cancels what waits; throws `AppError` `run_over` where it has ended. */
  cancel(workflow: Workflow, runId: string): Promise<RunWithSteps>
}
