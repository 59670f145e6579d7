import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ArrowLeftRight } from 'lucide-react'
import type { EventDetail } from '#shared/contract/events.ts'
import { useApi } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Tabs } from '../../ui/controls/tabs.tsx'
import { BodyDiff } from '../../ui/diff/body-diff.tsx'
import { PairsDiffView } from '../../ui/diff/pairs-diff-view.tsx'
import { pairHeaders } from '../../ui/diff/values/pairs-diff.ts'
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { formatBytes } from '../../ui/format/size.ts'
import { clockTime, fullTime } from '../../ui/format/time.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { eventBodyOptions } from '../../platform/api/event-body.ts'
import { detailPairs } from './detail-pairs.ts'

/** Two events beside each other: bodies, headers, and everything else that is known of them. */
export function CompareScreen() {
  const { left, right } = useSearch({ from: '/compare' })
  if (left === undefined || right === undefined) return <HowTo />
  return <Compared key={`${left} ${right}`} ids={[left, right]} />
}

function HowTo() {
  return (
    <EmptyState title="Two events are compared here">
      <p className="text-muted">
        In the Inbox, press <span className="mono">d</span> on one event and then on another, or use their Compare
        buttons.
      </p>
      <Link to="/inbox" className="text-accent underline">
        Go to the Inbox
      </Link>
    </EmptyState>
  )
}

function Compared({ ids }: { ids: readonly [string, string] }) {
  const api = useApi()
  const [left, right] = [
    useQuery(api.events.get.queryOptions({ input: { id: ids[0] } })),
    useQuery(api.events.get.queryOptions({ input: { id: ids[1] } })),
  ]
  const failed = [left, right].find(({ error }) => error !== null)
  if (failed !== undefined)
    return <ErrorState title="An event could not be read" error={failed.error} onRetry={() => void failed.refetch()} />
  if (left.data === undefined || right.data === undefined) return <SkeletonRows />
  return <Pair left={left.data} right={right.data} />
}

function Pair({ left, right }: { left: EventDetail; right: EventDetail }) {
  const navigate = useNavigate()
  const { tab = 'body' } = useSearch({ from: '/compare' })
  const titles = [titleOf(left), titleOf(right)] as const
  return (
    <>
      <Bar label="Comparison">
        <h1 className="sr-only">Comparison of two events</h1>
        <EventLink event={left} />
        <Button
          onClick={() =>
            void navigate({ to: '.', search: (old) => ({ ...old, left: right.id, right: left.id }), replace: true })
          }
        >
          <ArrowLeftRight size={13} /> Swap
        </Button>
        <EventLink event={right} />
      </Bar>
      <Tabs
        label="Comparison"
        value={tab}
        onChange={(next) => void navigate({ to: '.', search: (old) => ({ ...old, tab: next }), replace: true })}
        tabs={[
          { id: 'body', label: 'Body', content: () => <Bodies left={left} right={right} titles={titles} /> },
          {
            id: 'headers',
            label: 'Headers',
            content: () => (
              <PairsDiffView label="Headers" pairs={pairHeaders(left.headers, right.headers)} titles={titles} />
            ),
          },
          {
            id: 'details',
            label: 'Details',
            content: () => <PairsDiffView label="Details" pairs={detailPairs(left, right)} titles={titles} />,
          },
        ]}
      />
    </>
  )
}

function EventLink({ event }: { event: EventDetail }) {
  return (
    <Link
      to="/inbox/$eventId"
      params={{ eventId: event.id }}
      className="flex min-w-0 items-baseline gap-2 rounded hover:underline"
    >
      <span className="truncate font-medium">{event.type}</span>
      <span className="shrink-0 text-small text-muted" title={fullTime(event.receivedAt)}>
        {clockTime(event.receivedAt)} · {formatBytes(event.bodySizeBytes)}
      </span>
    </Link>
  )
}

function titleOf({ type, receivedAt }: EventDetail): string {
  return `${type} ${clockTime(receivedAt)}`
}

function Bodies({
  left,
  right,
  titles,
}: {
  left: EventDetail
  right: EventDetail
  titles: readonly [left: string, right: string]
}) {
  const api = useApi()
  const [one, other] = [useQuery(eventBodyOptions(api, left.id)), useQuery(eventBodyOptions(api, right.id))]
  const failed = [one, other].find(({ error }) => error !== null)
  if (failed !== undefined)
    return <ErrorState title="A body could not be read" error={failed.error} onRetry={() => void failed.refetch()} />
  if (one.data === undefined || other.data === undefined) return <SkeletonRows />
  return (
    <BodyDiff
      left={{ bytes: one.data, contentType: left.contentType }}
      right={{ bytes: other.data, contentType: right.contentType }}
      titles={titles}
    />
  )
}
