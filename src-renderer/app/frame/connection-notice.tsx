import { Unplug } from 'lucide-react'
import { linkState, reconnectNow } from '../../platform/api/live-feed.ts'
import { useObservable } from '../../platform/browser/observable.ts'
import { Button } from '../../ui/controls/button.tsx'
import { clockTime, formatWait } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'

/** A connection that comes back sooner is not worth a line. */
const WORTH_TELLING_MS = 2_000

/** On every screen while the engine is gone: since when what is shown is old, and that it cannot be changed. */
export function ConnectionNotice() {
  const link = useObservable(linkState)
  return link.kind === 'reconnecting' ? <Gone heardAt={link.heardAt} cause={link.cause} /> : null
}

function Gone({ heardAt, cause }: { heardAt: number | null; cause: 'closed' | 'silent' }) {
  const nowAt = useNow()
  const goneMs = heardAt === null ? null : nowAt - heardAt
  if (goneMs !== null && goneMs < WORTH_TELLING_MS) return null
  return (
    <div
      role="region"
      aria-label="Connection"
      className="flex shrink-0 items-center gap-2.5 border-b border-line bg-retry/9 px-3 py-1.5"
    >
      <Unplug aria-hidden="true" size={14} className="shrink-0 text-retry" />
      <p className="min-w-0 grow">
        <b className="font-semibold">
          {cause === 'silent' ? 'The engine has fallen silent.' : 'The engine does not answer.'}
        </b>{' '}
        {heardAt === null || goneMs === null
          ? 'Nothing can be shown until it does.'
          : `What is shown is as it was at ${clockTime(new Date(heardAt).toISOString())}, ${formatWait(goneMs)} ago, and cannot be changed.`}{' '}
        <span className="text-muted">The window reconnects by itself.</span>
      </p>
      <Button onClick={reconnectNow}>Try now</Button>
    </div>
  )
}
