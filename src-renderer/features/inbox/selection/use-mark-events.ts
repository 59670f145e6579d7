import { useMutation } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'

/** Marks events as read or unread, and tells how many changed. */
export function useMarkEvents(): (events: { eventIds: string[] } | { filter: string }, read: boolean) => void {
  const { mutate } = useMutation(
    useApi().events.mark.mutationOptions({
      onSuccess: ({ marked }, { read }) =>
        showDone(
          marked === 0
            ? `They were ${read ? 'read' : 'unread'} already.`
            : `Marked ${plural(marked, 'event')} as ${read ? 'read' : 'unread'}.`,
        ),
      onError: showError,
    }),
  )
  return (events, read) => mutate({ ...events, read })
}
