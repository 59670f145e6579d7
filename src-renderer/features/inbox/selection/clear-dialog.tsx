import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { Confirm } from '../../../ui/feedback/dialog.tsx'
import { formatCount, plural } from '../../../ui/format/size.ts'
import { useDeleteEvents } from './use-delete-events.ts'

const MOST_COUNTED = 100_000

/** Asks once before all that a filter takes goes, naming how many that are. */
export function ClearDialog({
  filter,
  onClose,
  onClear,
}: {
  filter: string
  onClose: () => void
  onClear: () => void
}) {
  const { clear } = useDeleteEvents()
  const counted = useQuery(
    useApi().events.count.queryOptions({ input: { filter, most: MOST_COUNTED }, staleTime: 0 }),
  ).data
  const words =
    counted === undefined
      ? null
      : counted.isMore
        ? `more than ${formatCount(counted.count)} events`
        : plural(counted.count, 'event')
  return (
    <Confirm
      title={filter === '' ? 'Delete all events?' : 'Delete the events of this filter?'}
      action={words === null ? 'Delete' : `Delete ${words}`}
      isBusy={counted === undefined || counted.count === 0}
      onConfirm={() => {
        if (words !== null) clear(filter, words)
        onClear()
      }}
      onClose={onClose}
    >
      <p role="status">
        {words === null
          ? 'Counting …'
          : `${words[0]?.toUpperCase()}${words.slice(1)}, with their bodies, deliveries and every attempt. What waits is not sent; what is being delivered right now stays.`}
      </p>
      {filter !== '' && (
        <p>
          Filter: <code className="mono break-all">{filter}</code>
        </p>
      )}
      <p className="text-muted">You can undo it for a few seconds.</p>
    </Confirm>
  )
}
