import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { useApi } from '../../../platform/api/session.ts'
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { Bar } from '../../../ui/layout/bar.tsx'
import { AnswersPair } from './answers-pair.tsx'
import { SidePicker } from './side-picker.tsx'
import { type Side, useSides } from './use-sides.ts'

/** So many deliveries of one event are offered to be compared with. */
const MOST_OFFERED = 200

/** What a receiver answered to two sends of an event, beside each other: the earlier on the left, the new on the right. */
export function AnswersScreen() {
  const { right } = useSearch({ from: '/compare/answers' })
  if (right === undefined) return <HowTo />
  return <Chosen key={right} id={right} />
}

function HowTo() {
  return (
    <EmptyState title="Two answers are compared here">
      <p className="text-muted">
        Open a delivery that is a replay, or one that was tried more than once, and press its button Compare answers.
      </p>
      <Link to="/deliveries" className="text-accent underline">
        Go to the deliveries
      </Link>
    </EmptyState>
  )
}

function Chosen({ id }: { id: string }) {
  const api = useApi()
  const delivery = useQuery(api.deliveries.get.queryOptions({ input: { id } }))
  if (delivery.data !== undefined) return <OfEvent delivery={delivery.data} />
  if (delivery.error === null) return <SkeletonRows />
  return (
    <ErrorState
      title="This delivery could not be read"
      error={delivery.error}
      onRetry={() => void delivery.refetch()}
    />
  )
}

function OfEvent({ delivery }: { delivery: DeliveryView }) {
  const { eventId } = delivery
  const all = useQuery(useApi().deliveries.list.queryOptions({ input: { eventId, limit: MOST_OFFERED } }))
  if (all.data !== undefined) return <Sides right={delivery} ofEvent={all.data.items} />
  if (all.error === null) return <SkeletonRows />
  return (
    <ErrorState
      title="The deliveries of this event could not be read"
      error={all.error}
      onRetry={() => void all.refetch()}
    />
  )
}

function Sides({ right, ofEvent }: { right: DeliveryView; ofEvent: readonly DeliveryView[] }) {
  const sides = useSides(right, ofEvent)
  if (sides === 'only-once') return <OnlyOnce delivery={right} />
  return (
    <>
      <Bar label="Comparison of answers">
        <h1 className="shrink-0 truncate font-medium">{right.eventType}</h1>
        <Link
          to="/inbox/$eventId"
          params={{ eventId: right.eventId }}
          search={{ tab: 'deliveries' }}
          className="shrink-0 text-small text-accent underline underline-offset-2"
        >
          Show the event
        </Link>
      </Bar>
      <Pickers {...sides} deliveries={ofEvent.filter(({ attempts }) => attempts > 0)} />
      <Shown {...sides} />
    </>
  )
}

function Pickers({ before, after, deliveries }: { before: Side; after: Side; deliveries: readonly DeliveryView[] }) {
  const navigate = useNavigate()
  const change = (next: { left?: string; leftAttempt?: string | undefined; rightAttempt?: string }): void =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...next }), replace: true })
  return (
    <div className="grid shrink-0 grid-cols-2 divide-x divide-line border-b border-line bg-panel">
      <SidePicker
        label="Before"
        side={before}
        deliveries={deliveries}
        onDelivery={(id) => change({ left: id, leftAttempt: undefined })}
        onAttempt={(number) => change({ leftAttempt: number })}
      />
      <SidePicker
        label="After"
        side={after}
        deliveries={deliveries}
        onDelivery={(id) =>
          void navigate({ to: '/compare/answers', search: { left: before.delivery.id, right: id }, replace: true })
        }
        onAttempt={(number) => change({ rightAttempt: number })}
      />
    </div>
  )
}

function Shown({ before, after }: { before: Side; after: Side }) {
  if (before.attempts === undefined || after.attempts === undefined) return <SkeletonRows />
  if (before.attempt === undefined || after.attempt === undefined) {
    return (
      <p className="p-4 text-muted" role="status">
        The new delivery was not tried yet: its answer shows here as soon as it comes.
      </p>
    )
  }
  return <AnswersPair key={`${before.attempt.id} ${after.attempt.id}`} left={before.attempt} right={after.attempt} />
}

function OnlyOnce({ delivery: { eventId, id } }: { delivery: DeliveryView }) {
  return (
    <EmptyState title="There is no earlier answer">
      <p className="text-muted">This event was sent only once so far. Replay it, then compare.</p>
      <div className="flex gap-4">
        <Link to="/deliveries/$deliveryId" params={{ deliveryId: id }} className="text-accent underline">
          Show the delivery
        </Link>
        <Link to="/inbox/$eventId" params={{ eventId }} className="text-accent underline">
          Show the event
        </Link>
      </div>
    </EmptyState>
  )
}
