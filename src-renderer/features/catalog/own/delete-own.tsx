import { useMutation } from '@tanstack/react-query'
import type { EventTypeView } from '#shared/contract/catalog/event-types.ts'
import type { ProviderDetail } from '#shared/contract/catalog/providers.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Confirm } from '../../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'

interface Asked {
  onClose: () => void
  onDeleted: () => void
}

/** Asks once, naming the event types that go with it. */
export function DeleteProvider({ provider, onClose, onDeleted }: Asked & { provider: ProviderDetail }) {
  const { api, queries } = useSession()
  const { id, name, eventTypes } = provider
  const remove = useMutation(
    api.catalog.providers.delete.mutationOptions({
      onSuccess: async () => {
        onDeleted()
        showDone(`Deleted ${name}.`)
        await queries.invalidateQueries({ queryKey: api.catalog.key() })
      },
      onError: (error) => {
        onClose()
        showError(error)
      },
    }),
  )
  return (
    <Confirm
      title={`Delete ${name}?`}
      action="Delete provider"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id })}
      onClose={onClose}
    >
      <p>
        {eventTypes.length === 0
          ? 'It has no event type.'
          : `Its ${plural(eventTypes.length, 'event type')} ${eventTypes.length === 1 ? 'goes' : 'go'} with it.`}
      </p>
      <p className="text-muted">
        Events that it named stay. What was sent as it and waits for a retry is not sent any more. While a source or an
        endpoint uses it, it cannot be deleted.
      </p>
    </Confirm>
  )
}

export function DeleteEventType({ type, onClose, onDeleted }: Asked & { type: EventTypeView }) {
  const { api, queries } = useSession()
  const remove = useMutation(
    api.catalog.eventTypes.delete.mutationOptions({
      onSuccess: async () => {
        onDeleted()
        showDone(`Deleted ${type.name}.`)
        await queries.invalidateQueries({ queryKey: api.catalog.key() })
      },
      onError: showError,
    }),
  )
  return (
    <Confirm
      title={`Delete ${type.name}?`}
      action="Delete event type"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: type.id })}
      onClose={onClose}
    >
      <p>Its description, schema and sample go. Events of this type stay.</p>
    </Confirm>
  )
}
