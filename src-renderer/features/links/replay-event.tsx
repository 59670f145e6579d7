import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../platform/api/session.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { formatBytes } from '../../ui/format/size.ts'
import { fullTime } from '../../ui/format/time.ts'
import { LinkFacts } from './link-facts.tsx'
import type { DeepLink } from './deep-link.ts'

type Asked = Extract<DeepLink, { kind: 'replay' }>

/** An event that a link would have sent again: the dialog for it asks where to, and sends. */
export function ReplayEvent({ eventId, endpointId, onDiscard }: Asked & { onDiscard: () => void }) {
  const event = useQuery(useApi().events.get.queryOptions({ input: { id: eventId } }))
  if (event.isPending) return <SkeletonRows rows={2} />
  if (event.isError) {
    return (
      <>
        <ErrorState title="The event could not be read" error={event.error} onRetry={() => void event.refetch()} />
        <div>
          <Button onClick={onDiscard}>Discard the link</Button>
        </div>
      </>
    )
  }
  const { type, receivedAt, bodySizeBytes } = event.data
  return (
    <>
      <LinkFacts
        facts={[
          [
            'Event',
            <code key="event" className="mono break-all">
              {eventId}
            </code>,
          ],
          ['Type', type],
          ['Arrived', fullTime(receivedAt)],
          ['Size', formatBytes(bodySizeBytes)],
        ]}
      />
      <div className="flex gap-2">
        <Button
          look="primary"
          onClick={() => openOverlay({ kind: 'replay', eventId, ...(endpointId !== null && { endpointId }) })}
        >
          Choose where to send it…
        </Button>
        <Button onClick={onDiscard}>Discard the link</Button>
      </div>
    </>
  )
}
