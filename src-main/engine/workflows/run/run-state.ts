import type { WorkflowRun } from '#shared/model/workflows/workflow-run.ts'

/** How a run stands, by the names that its callers know. */
export interface RunState {
  batch_run_id: WorkflowRun['id']
  status: WorkflowRun['status']
  completed_urls: number
  failed_urls: number
  total_urls: number
  progress_percentage: number
}

export function runState({ id, status, completed, failed, total }: WorkflowRun): RunState {
  return {
    batch_run_id: id,
    status,
    completed_urls: completed,
    failed_urls: failed,
    total_urls: total,
    progress_percentage: Math.round(((completed + failed) / total) * 1_000) / 10,
  }
}
