import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApi } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx'
import { plural } from '../../ui/format/size.ts'
import { replayOptions } from './watch-replay.ts'

function sentence(total: number, done: number, failed: number): string {
  if (total === 0) return 'No endpoint takes this event, so nothing was sent.'
  const of = `${done} of ${plural(total, 'delivery', 'deliveries')} done`
  return failed === 0 ? `${of}.` : `${of}, ${failed} failed.`
}

/** How a replay goes on; it goes on as well with this closed. */
export function ReplayProgress({
  replayId,
  eventId,
  onClose,
}: {
  replayId: string
  eventId: string
  onClose: () => void
}) {
  const replay = useQuery(replayOptions(useApi(), replayId)).data
  const isOver = replay?.state === 'finished'
  return (
    <Dialog title={isOver ? 'Replayed' : 'Replaying'} onClose={onClose}>
      <DialogBody>
        {replay === undefined ? (
          <p className="text-muted">Starting…</p>
        ) : (
          <>
            <ProgressBar label="Replay" value={replay.done} max={replay.total} />
            <p role="status">{sentence(replay.total, replay.done, replay.failed)}</p>
            {!isOver && <p className="text-muted">What fails is tried again as the policy says. You may close this.</p>}
          </>
        )}
      </DialogBody>
      <DialogActions>
        <Link
          to="/deliveries"
          search={{ replay: replayId }}
          onClick={onClose}
          className="mr-auto self-center text-accent underline underline-offset-2"
        >
          Show its deliveries
        </Link>
        <Link
          to="/inbox/$eventId"
          params={{ eventId }}
          search={{ tab: 'deliveries' }}
          onClick={onClose}
          className="self-center text-muted underline underline-offset-2"
        >
          Show the event
        </Link>
        <Button data-first look="primary" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}
