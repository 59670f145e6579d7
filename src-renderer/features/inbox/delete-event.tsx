import { useMutation } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { EventDetail } from '#shared/contract/events.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { useSession } from '../../platform/api/session.ts'
import { IconButton } from '../../ui/controls/button.tsx'
import { Confirm } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'

/** Asks once, naming what goes with the event. */
export function DeleteEvent({ event, onDelete }: { event: EventDetail; onDelete: () => void }) {
  const { api, queries } = useSession()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation(
    api.events.delete.mutationOptions({
      // Closed first: the feed has what is shown read again, and it is gone by then.
      onMutate: onDelete,
      onSuccess: async () => {
        queries.removeQueries({ queryKey: api.events.get.key({ input: { id: event.id } }) })
        await queries.invalidateQueries({ queryKey: api.events.list.key() })
        showDone('Deleted the event. Its bytes are gone from the disk.')
      },
      onError: showError,
    }),
  )
  useActions({ 'event.delete': () => setAsking(true) })
  const { total, pending, held } = event.deliveries
  const waiting = pending + held
  return (
    <>
      <IconButton label="Delete event" onClick={() => setAsking(true)}>
        <Trash2 size={13} />
      </IconButton>
      {isAsking && (
        <Confirm
          title="Delete this event?"
          action="Delete event"
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate({ id: event.id })}
          onClose={() => setAsking(false)}
        >
          <p>
            {total === 0
              ? 'It goes for good, with its body.'
              : `It goes for good, with its body, ${plural(total, 'delivery', 'deliveries')} and every attempt of them.`}
            {waiting > 0 && ` ${plural(waiting, 'delivery is', 'deliveries are')} not final and will not be sent.`}
          </p>
        </Confirm>
      )}
    </>
  )
}
