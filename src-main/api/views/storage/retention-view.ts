import { toInstant } from '#shared/contract/base.ts'
import type { RetentionView, SweepView } from '#shared/contract/storage/retention.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Engine, SweepRun } from '../../../engine/engine.ts'

export function toRetentionView({ retention }: Pick<Engine, 'retention'>, projectId: ProjectId): RetentionView {
  return { rule: retention.rule(projectId), lastSweep: toSweepView(retention.lastSweep(projectId)) }
}

export function toSweepView(run: SweepRun): SweepView
export function toSweepView(run: SweepRun | null): SweepView | null
export function toSweepView(run: SweepRun | null): SweepView | null {
  if (run === null) return null
  const { state, startedAt, finishedAt, counts } = run
  return {
    state,
    startedAt: toInstant(startedAt),
    finishedAt: toInstant(finishedAt),
    counts,
  }
}
