import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { eventBodyOptions } from '../../../platform/api/event-body.ts'
import { useApi } from '../../../platform/api/session.ts'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { EditForm } from './edit-form.tsx'

/** An event's message to be changed and sent; the event itself stays as it is. */
export function EditScreen() {
  const { eventId } = useParams({ from: '/edit/$eventId' })
  const api = useApi()
  const event = useQuery(api.events.get.queryOptions({ input: { id: eventId } }))
  const body = useQuery(eventBodyOptions(api, eventId))
  const failed = [event, body].find(({ error }) => error !== null)
  if (failed !== undefined)
    return (
      <ErrorState title="This event could not be read" error={failed.error} onRetry={() => void failed.refetch()} />
    )
  if (event.data === undefined || body.data === undefined) return <SkeletonRows />
  return <EditForm key={eventId} event={event.data} bytes={body.data} />
}
