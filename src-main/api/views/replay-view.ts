import { toInstant } from '#shared/contract/base.ts'
import type { DryRunView, FoundOutageView, ReplayView } from '#shared/contract/replays.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { FoundOutage, ReplaySelection } from '#shared/model/replay.ts'
import type { DryRun, Engine } from '../../engine/engine.ts'
import type { ReplayWithProgress } from '../../engine/ports.ts'

export function toReplayView({ replay, progress }: ReplayWithProgress): ReplayView {
  return {
    ...replay,
    ...progress,
    selection: toSelectionView(replay.selection),
    target: 'endpointIds' in replay.target ? { endpointIds: [...replay.target.endpointIds] } : replay.target,
    isHandedOn: replay.state === 'finished',
    createdAt: toInstant(replay.createdAt),
    finishedAt: replay.finishedAt === null ? null : toInstant(replay.finishedAt),
  }
}

function toSelectionView(selection: ReplaySelection): ReplayView['selection'] {
  if ('eventIds' in selection) return { eventIds: [...selection.eventIds] }
  if (!('outage' in selection)) return selection
  const { outage } = selection
  return { outage: { ...outage, since: toInstant(outage.since), until: toInstant(outage.until) } }
}

export function toFoundOutageView({ since, until, ...counts }: FoundOutage): FoundOutageView {
  return { since: toInstant(since), until: toInstant(until), ...counts }
}

export function toDryRunView(engine: Engine, projectId: ProjectId, counted: DryRun): DryRunView {
  return {
    dryRun: true,
    ...counted,
    byType: [...counted.byType],
    byTarget: counted.byTarget.map(({ endpointId, deliveries }) => {
      const endpoint = endpointId === null ? null : engine.endpoints.find(projectId, endpointId)
      return {
        endpointId,
        endpointName: endpoint?.version.config.name ?? null,
        isPaused: endpoint?.state === 'paused',
        deliveries,
      }
    }),
    firstAt: toInstant(counted.firstAt),
    lastAt: toInstant(counted.lastAt),
  }
}
