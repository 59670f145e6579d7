import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { useApi } from '../../platform/api/session.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Button } from '../../ui/controls/button.tsx'
import { failureWord } from '../../ui/delivery/failure-word.ts'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { formatCount, plural } from '../../ui/format/size.ts'
import { fullTime, relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { type DeadLetterQuery, deadLetterListOptions, type Group } from './dead-letter-filter.ts'
import { groupTarget } from './group-row.tsx'
import type { RetryWish } from './retry-dialog.tsx'

const CELL = 'px-2 py-1 text-left font-normal first:pl-4 last:pr-4'

/** The dead letters of one endpoint and reason, to be retried together or one by one. */
export function GroupPane({
  group,
  query,
  onRetry,
  onClose,
}: {
  group: Group
  query: DeadLetterQuery
  onRetry: (wish: RetryWish) => void
  onClose: () => void
}) {
  const list = useInfiniteQuery(deadLetterListOptions(useApi(), query))
  const items = list.data ?? []
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const chosen = items.filter(({ id }) => marked.has(id))
  return (
    <DetailPane
      title={`${groupTarget(group)}: ${failureWord(group.reason)}`}
      onClose={onClose}
      actions={
        <>
          <ActionButton
            action="dead_letters.retry_selected"
            blocked={chosen.length === 0 ? 'Select some first' : null}
            onAct={() => onRetry({ count: chosen.length, ids: chosen.map(({ id }) => id) })}
          >
            Retry {chosen.length === 0 ? 'selected' : `${formatCount(chosen.length)} selected`}…
          </ActionButton>
          <ActionButton
            action="dead_letters.retry_group"
            look="primary"
            onAct={() => onRetry({ count: group.count, filter: query })}
          >
            Retry all {formatCount(group.count)}…
          </ActionButton>
        </>
      }
      chips={
        <>
          <Chip tone="border-fail/50 text-fail">{plural(group.count, 'dead letter')}</Chip>
          <FailedAt group={group} />
        </>
      }
    >
      <div className="min-h-0 grow overflow-y-auto border-t border-line">
        {list.isPending ? (
          <SkeletonRows />
        ) : list.isError && list.data === undefined ? (
          <ErrorState
            title="The dead letters could not be read"
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        ) : (
          <Letters items={items} marked={marked} onMark={setMarked} />
        )}
        {list.hasNextPage && (
          <div className="p-3">
            <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </div>
    </DetailPane>
  )
}

function FailedAt({ group: { firstAt, lastAt } }: { group: Group }) {
  const nowAt = useNow()
  if (firstAt === lastAt) return <span title={fullTime(lastAt)}>failed {relativeTime(lastAt, nowAt)}</span>
  return (
    <span title={`${fullTime(firstAt)} to ${fullTime(lastAt)}`}>
      the first failed {relativeTime(firstAt, nowAt)}, the last {relativeTime(lastAt, nowAt)}
    </span>
  )
}

function Letters({
  items,
  marked,
  onMark,
}: {
  items: readonly DeliveryView[]
  marked: ReadonlySet<string>
  onMark: (marked: ReadonlySet<string>) => void
}) {
  const nowAt = useNow()
  const areAllMarked = items.length > 0 && items.every(({ id }) => marked.has(id))
  const mark = (id: string, isOn: boolean): void => {
    const next = new Set(marked)
    if (isOn) next.add(id)
    else next.delete(id)
    onMark(next)
  }
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">Dead letters</caption>
      <thead className="bg-panel text-mini text-faint">
        <tr>
          <th scope="col" className={`${CELL} w-10`}>
            <input
              type="checkbox"
              aria-label={`Select all ${items.length} shown`}
              className="block accent-accent"
              checked={areAllMarked}
              onChange={() => onMark(new Set(areAllMarked ? [] : items.map(({ id }) => id)))}
            />
          </th>
          <th scope="col" className={CELL}>
            event
          </th>
          <th scope="col" className={`${CELL} w-24`}>
            attempts
          </th>
          <th scope="col" className={`${CELL} w-28 text-right`}>
            failed
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, eventType, attempts, lastStatus, updatedAt }) => (
          <tr key={id} className={`border-t border-line/55 ${marked.has(id) ? 'bg-accent-soft' : 'hover:bg-panel'}`}>
            <td className={CELL}>
              <input
                type="checkbox"
                aria-label={`Select ${eventType}, failed ${fullTime(updatedAt)}`}
                className="block accent-accent"
                checked={marked.has(id)}
                onChange={(event) => mark(id, event.target.checked)}
              />
            </td>
            <td className={`${CELL} truncate`}>
              <Link
                to="/deliveries/$deliveryId"
                params={{ deliveryId: id }}
                search={{ filter: 'state:failed' }}
                className="underline decoration-line underline-offset-2 hover:decoration-current"
              >
                {eventType}
              </Link>
            </td>
            <td className={`${CELL} truncate text-muted`}>
              {attempts} · {lastStatus ?? 'no answer'}
            </td>
            <td className={`${CELL} truncate text-right text-muted`} title={fullTime(updatedAt)}>
              {relativeTime(updatedAt, nowAt)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
