import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'

/** Lets a paused endpoint go on, and asks what becomes of the deliveries that were held. */
export default function ResumeDialog({
  endpointId,
  name,
  onClose,
}: {
  endpointId: string
  name: string
  onClose: () => void
}) {
  const { api, queries } = useSession()
  const held = useQuery(api.deliveries.list.queryOptions({ input: { endpointId, state: 'held', limit: 500 } })).data
  const resume = useMutation(
    api.endpoints.resume.mutationOptions({
      onSuccess: async ({ released, discarded }) => {
        onClose()
        const told =
          discarded > 0
            ? `${plural(discarded, 'delivery', 'deliveries')} canceled.`
            : `${plural(released, 'delivery', 'deliveries')} released.`
        showDone(`${name} is active again. ${released + discarded === 0 ? '' : told}`)
        await queries.invalidateQueries({ queryKey: api.endpoints.key() })
      },
      onError: showError,
    }),
  )
  const count = held?.items.length ?? 0
  const words = `${count}${held?.nextCursor == null ? '' : '+'} held`
  return (
    <Dialog title={`Resume ${name}`} onClose={onClose}>
      <DialogBody>
        {held === undefined ? (
          <p className="text-muted">Counting what is held…</p>
        ) : count === 0 ? (
          <p>Nothing is held. New events go to it from now on.</p>
        ) : (
          <p>
            {held.nextCursor === null ? plural(count, 'delivery', 'deliveries') : `More than ${count} deliveries`}{' '}
            waited while it was paused. Release sends {count === 1 ? 'it' : 'them, the oldest first'}. Discard cancels{' '}
            {count === 1 ? 'it' : 'them'} for good.
          </p>
        )}
        <p className="text-small text-muted">
          Did it fail before it was paused?{' '}
          <Link
            to="/replays/$replayId"
            params={{ replayId: 'outage' }}
            search={{ endpoint: endpointId }}
            onClick={onClose}
            className="text-accent underline underline-offset-2"
          >
            See all that it did not get
          </Link>{' '}
          and send it again at a rate that it can bear.
        </p>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        {count > 0 && (
          <Button
            look="danger"
            disabled={resume.isPending}
            onClick={() => resume.mutate({ id: endpointId, held: 'discard' })}
          >
            Discard {words}
          </Button>
        )}
        <Button
          look="primary"
          data-first
          disabled={resume.isPending || held === undefined}
          onClick={() => resume.mutate({ id: endpointId, held: 'release' })}
        >
          {count > 0 ? `Release ${words}` : 'Resume'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
