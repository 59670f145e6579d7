import { useMutation, useQuery } from '@tanstack/react-query'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { useSession } from '../../platform/api/session.ts'
import { Confirm } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'

const MOST_COUNTED = 500

/** Asks once, naming how many deliveries would be canceled. */
export function DeleteEndpoint({
  endpoint,
  onClose,
  onDeleted,
}: {
  endpoint: EndpointView
  onClose: () => void
  onDeleted: () => void
}) {
  const { api, queries } = useSession()
  const { id, name } = endpoint
  const open = useQuery(
    api.deliveries.list.queryOptions({
      input: { endpointId: id, state: ['scheduled', 'delivering', 'held'], limit: MOST_COUNTED },
    }),
  ).data
  const remove = useMutation(
    api.endpoints.delete.mutationOptions({
      onSuccess: async ({ canceled }) => {
        onDeleted()
        showDone(
          `Deleted ${name}. ${canceled === 0 ? 'Nothing was canceled.' : `${plural(canceled, 'delivery', 'deliveries')} canceled.`}`,
        )
        await queries.invalidateQueries({ queryKey: api.endpoints.key() })
      },
      onError: showError,
    }),
  )
  const count = open?.items.length ?? 0
  const words = `${open?.nextCursor == null ? '' : 'more than '}${plural(count, 'delivery', 'deliveries')}`
  return (
    <Confirm
      title={`Delete ${name}?`}
      action={count === 0 ? 'Delete endpoint' : `Delete and cancel ${words}`}
      isBusy={remove.isPending || open === undefined}
      onConfirm={() => remove.mutate({ id })}
      onClose={onClose}
    >
      <p>
        {open === undefined
          ? 'Counting what is waiting…'
          : count === 0
            ? 'Nothing is waiting for it.'
            : `${words} that ${count === 1 ? 'is' : 'are'} scheduled or held will be canceled.`}
      </p>
      <p className="text-muted">
        Its events stay, and so does the record of what was delivered. Its secret is gone for good. To stop it for a
        while, pause it.
      </p>
    </Confirm>
  )
}
