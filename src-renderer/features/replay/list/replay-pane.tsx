import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ReplayView } from '#shared/contract/replays.ts'
import { useApi } from '../../../platform/api/session.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { formatTook, fullTime, relativeTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { Chip, DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { ReplayButtons } from '../parts/replay-buttons.tsx'
import { ReplayStanding } from '../parts/replay-standing.tsx'
import { useEndpointName } from '../use-endpoint-name.ts'
import { replayLook, selectionWords } from '../words/replay-words.ts'
import { ReplayAsked } from './replay-asked.tsx'
import { ReplayCounts } from './replay-counts.tsx'

/** One replay: how far it is, what came of it, and what was asked for. */
export function ReplayPane({ replayId, onClose }: { replayId: string; onClose: () => void }) {
  const found = useQuery(useApi().replays.get.queryOptions({ input: { id: replayId } }))
  if (found.data !== undefined) return <LoadedReplay replay={found.data} onClose={onClose} />
  if (found.error === null) return <SkeletonRows />
  return (
    <DetailPane title="Replay" id={replayId} onClose={onClose}>
      <ErrorState title="This replay could not be read" error={found.error} onRetry={() => void found.refetch()} />
    </DetailPane>
  )
}

function LoadedReplay({ replay, onClose }: { replay: ReplayView; onClose: () => void }) {
  const nameOf = useEndpointName()
  return (
    <DetailPane
      title={selectionWords(replay, nameOf)}
      id={replay.id}
      onClose={onClose}
      actions={<ReplayButtons replay={replay} />}
      chips={<Facts replay={replay} />}
    >
      <div className="min-h-0 grow overflow-y-auto border-t border-line">
        <Part title="Progress">
          <ReplayStanding replay={replay} />
          <ReplayCounts replay={replay} />
        </Part>
        <Part title="What was asked">
          <ReplayAsked replay={replay} nameOf={nameOf} />
        </Part>
      </div>
    </DetailPane>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-b border-line px-4 py-3">
      <h2 className="font-medium">{title}</h2>
      {children}
    </section>
  )
}

function Facts({ replay }: { replay: ReplayView }) {
  const nowAt = useNow()
  const { id, createdAt, finishedAt, actor } = replay
  return (
    <>
      <Chip>
        <StateMark look={replayLook(replay)} />
      </Chip>
      <span title={fullTime(createdAt)}>begun {relativeTime(createdAt, nowAt)}</span>
      <span>by {actor}</span>
      {finishedAt !== null && (
        <span title={fullTime(finishedAt)}>
          handed on in {formatTook(Date.parse(finishedAt) - Date.parse(createdAt))}
        </span>
      )}
      <Link to="/deliveries" search={{ filter: `replay:${id}` }} className="text-accent underline underline-offset-2">
        Its deliveries
      </Link>
    </>
  )
}
