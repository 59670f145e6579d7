import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { EventDetail } from '#shared/contract/events.ts'
import { useApi } from '../../../platform/api/session.ts'
import { DeliveryButtons } from '../../../ui/delivery/delivery-buttons.tsx'
import { Standing } from '../../../ui/delivery/standing.tsx'
import { targetName } from '../../../ui/delivery/target-name.ts'
import { TimeLine } from '../../../ui/delivery/time-line.tsx'
import { Why } from '../../../ui/delivery/why.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'

/** Every delivery of an event, each with its life drawn. */
export function DeliveriesTab({ event }: { event: EventDetail }) {
  const { data, error, refetch } = useQuery(
    useApi().deliveries.list.queryOptions({ input: { eventId: event.id, limit: 100 } }),
  )
  if (error !== null)
    return <ErrorState title="The deliveries could not be read" error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <SkeletonRows rows={3} />
  if (data.items.length === 0) return <NoDeliveries event={event} />
  return (
    <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-3">
      {data.items.map((delivery) => (
        <DeliveryLife key={delivery.id} delivery={delivery} />
      ))}
    </div>
  )
}

function NoDeliveries({ event }: { event: EventDetail }) {
  if (event.capture !== 'complete')
    return <p className="px-4 py-3 text-muted">Only whole messages are delivered; this one is kept to be looked at.</p>
  return (
    <p className="px-4 py-3 text-muted">
      No endpoint takes <span className="mono text-text">{event.type}</span>.{' '}
      <Link to="/endpoints/$endpointId" params={{ endpointId: 'new' }} className="text-accent underline">
        Create an endpoint
      </Link>{' '}
      that does, then replay this event.
    </p>
  )
}

function DeliveryLife({ delivery: listed }: { delivery: DeliveryView }) {
  const api = useApi()
  const navigate = useNavigate()
  const input = { id: listed.id }
  const delivery = useQuery(api.deliveries.get.queryOptions({ input })).data ?? { ...listed, forecast: [] }
  const attempts = useQuery(api.deliveries.attempts.queryOptions({ input })).data?.items ?? []
  const lastAttempt = attempts.at(-1)
  return (
    <article className="flex flex-col gap-1.5">
      <header className="flex min-h-6 items-center gap-2.5">
        <Link
          to="/deliveries/$deliveryId"
          params={{ deliveryId: delivery.id }}
          className="max-w-[45%] shrink-0 truncate rounded font-medium hover:underline"
        >
          {targetName(delivery)}
        </Link>
        <span className="mono min-w-0 shrink truncate text-muted">{delivery.url}</span>
        <span className="ml-auto flex shrink-0 items-center gap-2.5">
          <Standing delivery={delivery} lastAttempt={lastAttempt} />
          <DeliveryButtons delivery={delivery} />
        </span>
      </header>
      <TimeLine
        delivery={delivery}
        attempts={attempts}
        forecast={delivery.forecast}
        onSelect={(attempt) =>
          void navigate({
            to: '/deliveries/$deliveryId',
            params: { deliveryId: delivery.id },
            search: { attempt: String(attempt.number) },
          })
        }
      />
      <Why delivery={delivery} lastAttempt={lastAttempt} triesLeft={delivery.forecast.length} />
    </article>
  )
}
