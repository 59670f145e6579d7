import { useQuery } from '@tanstack/react-query'
import { Pause } from 'lucide-react'
import { isPaused, linkState } from '../../platform/api/live-feed.ts'
import { isRefusal } from '../../platform/api/refusal.ts'
import { useApi, useSession } from '../../platform/api/session.ts'
import { useObservable } from '../../platform/browser/observable.ts'
import { Button } from '../../ui/controls/button.tsx'
import { formatWait } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'

export function Dot() {
  return <span aria-hidden="true" className="inline-block size-[7px] shrink-0 rounded-full bg-current" />
}

/** Whether the engine answers, and tells of changes where this window may hear of them. */
export function useIsAlive(): boolean {
  const link = useObservable(linkState)
  const { error } = useQuery(useApi().system.status.queryOptions({ input: {}, refetchInterval: 5_000 }))
  const isAnswered = error === null || isRefusal(error)
  return (link.kind === 'live' || link.kind === 'forbidden') && isAnswered
}

/** Live, paused, or what is wrong. A press stops new rows from showing, and lets them in again. */
export function LiveState() {
  const link = useObservable(linkState)
  const isAlive = useIsAlive()
  const paused = useObservable(isPaused)
  if (link.kind === 'connecting') return <span className="text-muted">Connecting…</span>
  if (link.kind === 'forbidden') return <NotFollowed />
  if (!isAlive) return <Reconnecting sinceAt={link.kind === 'reconnecting' ? link.heardAt : null} />
  return (
    <button
      type="button"
      aria-pressed={paused}
      title={paused ? 'New rows wait. Press to show them.' : 'New rows show as they come. Press to pause.'}
      onClick={() => isPaused.set(!paused)}
      className={`flex shrink-0 items-center gap-1.5 rounded px-1.5 py-0.5 hover:bg-raise ${paused ? 'text-held' : 'text-ok'}`}
    >
      {paused ? <Pause aria-hidden="true" size={12} strokeWidth={2.5} /> : <Dot />}
      {paused ? 'Paused' : 'Live'}
    </button>
  )
}

/** A key without `deliveries:read` is told of no change: what is shown is read again on demand. */
function NotFollowed() {
  const { queries } = useSession()
  return (
    <Button
      title="This key may not follow changes: it lacks deliveries:read"
      onClick={() => void queries.invalidateQueries()}
    >
      Not live: read again
    </Button>
  )
}

function Reconnecting({ sinceAt }: { sinceAt: number | null }) {
  const nowAt = useNow()
  return (
    <span role="status" className="flex shrink-0 items-center gap-1.5 text-retry">
      <Dot />
      Reconnecting{sinceAt !== null && nowAt - sinceAt > 2_000 && `, ${formatWait(nowAt - sinceAt)}`}
    </span>
  )
}
