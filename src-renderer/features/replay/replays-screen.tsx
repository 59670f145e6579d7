import { useInfiniteQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { LifeBuoy, RotateCw } from 'lucide-react'
import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { useMay } from '../../platform/api/caller.ts'
import { useApi } from '../../platform/api/session.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { plural } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { EmptyReplays } from './list/empty-replays.tsx'
import { replayListOptions } from './list/replay-list-options.ts'
import { ReplayPane } from './list/replay-pane.tsx'
import { ReplayListHeader, ReplayRow } from './list/replay-row.tsx'
import { RecoveryPane } from './recover/recovery-pane.tsx'
import { useEndpointName } from './use-endpoint-name.ts'
import { isOpen } from './words/replay-words.ts'

/** No replay is called so: it opens the recovery of an outage in place of one. */
const RECOVERY = 'outage'

export function ReplaysScreen() {
  const navigate = useNavigateUnlessLeft()
  const { replayId = null } = useParams({ strict: false })
  const list = useInfiniteQuery(replayListOptions(useApi()))
  const nameOf = useEndpointName()
  const mayWrite = useMay('deliveries:write')
  const items = list.data ?? []
  const [cursorId, setCursorId] = useCursor(replayId)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/replays/$replayId', params: { replayId: id }, search: {}, replace })
  const close = (): void => void navigate({ to: '/replays', search: {} })
  const begin = (): void => openOverlay({ kind: 'bulk-replay', events: { filter: '' } })
  const recover = (): void => open(RECOVERY)
  useActions({ 'list.close': close, 'list.new': begin })

  return (
    <>
      <Bar label="Replays">
        <span className="grow text-muted">{standingWords(items)}</span>
        <Button disabled={!mayWrite} onClick={recover}>
          <LifeBuoy size={13} /> Recover an outage…
        </Button>
        <Button look="primary" disabled={!mayWrite} onClick={begin}>
          <RotateCw size={13} /> Replay…
        </Button>
      </Bar>
      <SplitPane
        name="replays"
        list={
          list.isPending ? (
            <SkeletonRows />
          ) : list.isError && list.data === undefined ? (
            <ErrorState title="The replays could not be read" error={list.error} onRetry={() => void list.refetch()} />
          ) : items.length === 0 ? (
            <EmptyReplays onBegin={begin} onRecover={recover} />
          ) : (
            <RowList
              label="Replays"
              header={<ReplayListHeader />}
              items={items}
              renderRow={(replay) => <ReplayRow replay={replay} nameOf={nameOf} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (replayId !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
              onMore={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
            />
          )
        }
        detail={
          replayId === null ? null : replayId === RECOVERY ? (
            <RecoveryPane onBegun={(id) => open(id)} onClose={close} />
          ) : (
            <ReplayPane key={replayId} replayId={replayId} onClose={close} />
          )
        }
      />
    </>
  )
}

function standingWords(replays: readonly { state: 'running' | 'paused' | 'canceled' | 'finished' }[]): string {
  const open = replays.filter(isOpen)
  if (open.length === 0) return ''
  const paused = open.filter(({ state }) => state === 'paused').length
  const running = open.length - paused
  return [running > 0 ? `${plural(running, 'replay')} under way` : '', paused > 0 ? `${paused} paused` : '']
    .filter((words) => words !== '')
    .join(', ')
}
