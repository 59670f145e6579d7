import type { ProjectId } from '#shared/model/ids.ts'
import type { RetentionStore } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

type Step = Parameters<RetentionStore['forgetHistory']>[0]

/** Something that is over, and how to forget it. */
interface Past {
  projectId: ProjectId
  endedAt: number | null
  forget(): void
}

/** Forgets what ended long ago and hangs on no event. */
export function forgetHistory(state: MemoryState, { projectId, endedBefore, limit }: Step): number {
  const { workflowRuns, bulkRetries, alerts } = state
  const runs = [...workflowRuns.values()].map(({ run }): Past => ({
    projectId: run.projectId,
    endedAt: run.finishedAt,
    forget: () => workflowRuns.delete(run.id),
  }))
  const retries = [...bulkRetries.values()].map(({ retry }): Past => ({
    projectId: retry.projectId,
    endedAt: retry.finishedAt,
    forget: () => bulkRetries.delete(retry.id),
  }))
  const raised = [...alerts.values()].map((alert): Past => ({
    projectId: alert.projectId,
    endedAt: alert.resolvedAt,
    forget: () => alerts.delete(alert.id),
  }))
  const old = [runs, retries, raised]
    .flatMap((kind) => kind.toSorted((one, other) => (one.endedAt ?? 0) - (other.endedAt ?? 0)))
    .filter((past) => past.projectId === projectId && (past.endedAt ?? Infinity) < endedBefore)
    .slice(0, limit)
  for (const past of old) past.forget()
  return old.length
}
