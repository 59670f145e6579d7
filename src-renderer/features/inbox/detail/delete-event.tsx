import { Trash2 } from 'lucide-react'
import type { EventDetail } from '#shared/contract/events.ts'
import { useActions } from '../../../platform/actions/bound-actions.ts'
import { useObservable } from '../../../platform/browser/observable.ts'
import { IconButton } from '../../../ui/controls/button.tsx'
import { isSelecting } from '../selection/use-selection.ts'
import { useDeleteEvents } from '../selection/use-delete-events.ts'

/** Deletes the opened event, which a notice can take back. */
export function DeleteEvent({ event, onDelete }: { event: EventDetail; onDelete: () => void }) {
  const { deleteNamed } = useDeleteEvents()
  const remove = (): void => {
    deleteNamed([event.id])
    onDelete()
  }
  useActions({ 'event.delete': useObservable(isSelecting) ? undefined : remove })
  return (
    <IconButton label="Delete event" aria-keyshortcuts="#" onClick={remove}>
      <Trash2 size={13} />
    </IconButton>
  )
}
