import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApi } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { ReplayButtons } from './parts/replay-buttons.tsx'
import { ReplayStanding } from './parts/replay-standing.tsx'
import { replayOptions } from './watch-replay.ts'
import { isOpen } from './words/replay-words.ts'

const LINK = 'self-center text-small text-accent underline underline-offset-2'

/** Where there was one delivery: its answer beside the one before. */
function CompareAnswers({ replayId, onLeave }: { replayId: string; onLeave: () => void }) {
  const made = useQuery(useApi().deliveries.list.queryOptions({ input: { replayId, limit: 2 } })).data?.items
  const [only, more] = made ?? []
  if (only === undefined || more !== undefined || only.attempts === 0) return null
  return (
    <Link to="/compare/answers" search={{ right: only.id }} onClick={onLeave} className={LINK}>
      Compare answers
    </Link>
  )
}

/** How a replay goes on; it goes on as well with this closed. */
export function ReplayProgress({
  replayId,
  eventId,
  onClose,
}: {
  replayId: string
  /** Of a replay of one event. */
  eventId?: string
  onClose: () => void
}) {
  const replay = useQuery(replayOptions(useApi(), replayId)).data
  const isUnderWay = replay === undefined || isOpen(replay)
  return (
    <Dialog title={isUnderWay ? 'Replaying' : 'Replayed'} onClose={onClose}>
      <DialogBody>
        {replay === undefined ? <p className="text-muted">Starting…</p> : <ReplayStanding replay={replay} />}
        {isUnderWay && <p className="text-muted">You may close this: it goes on, and its end is told.</p>}
      </DialogBody>
      <DialogActions>
        <span className="mr-auto flex gap-3">
          <Link to="/replays/$replayId" params={{ replayId }} onClick={onClose} className={LINK}>
            Show the replay
          </Link>
          <Link to="/deliveries" search={{ filter: `replay:${replayId}` }} onClick={onClose} className={LINK}>
            Show its deliveries
          </Link>
          {eventId !== undefined && (
            <Link
              to="/inbox/$eventId"
              params={{ eventId }}
              search={{ tab: 'deliveries' }}
              onClick={onClose}
              className={LINK}
            >
              Show the event
            </Link>
          )}
          {eventId !== undefined && !isUnderWay && <CompareAnswers replayId={replayId} onLeave={onClose} />}
        </span>
        {replay !== undefined && eventId === undefined && <ReplayButtons replay={replay} />}
        <Button data-first look="primary" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}
