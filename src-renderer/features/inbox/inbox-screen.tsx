import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { refusalOf } from '../../platform/api/refusal.ts'
import { useApi } from '../../platform/api/session.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { formatCount } from '../../ui/format/size.ts'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { EmptyInbox } from './empty-inbox.tsx'
import { ComparePill } from './compare/compare-pill.tsx'
import { useCompare } from './compare/use-compare.ts'
import { EventDetailPane } from './event-detail-pane.tsx'
import { EventListHeader, EventRow, eventTitle } from './event-row.tsx'
import { isFiltered } from './filter/inbox-filter.ts'
import { FilterBar } from './filter/filter-bar.tsx'
import { InboxMenu } from './filter/inbox-menu.tsx'
import { eventListOptions } from './queries.ts'
import { usePausable } from './use-pausable.ts'

const MOST_HELD = 3_000

export function InboxScreen() {
  const navigate = useNavigate({ from: '/inbox' })
  const { tab: _tab, ...filter } = useSearch({ from: '/inbox' })
  const { eventId = null } = useParams({ strict: false })
  const list = useInfiniteQuery(eventListOptions(useApi(), filter))
  const { shown, waiting } = usePausable(list.data ?? [])

  const [cursorId, setCursorId] = useCursor(eventId)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/inbox/$eventId', params: { eventId: id }, search: true, replace })
  const close = (): void => void navigate({ to: '/inbox', search: true })
  const compare = useCompare()
  const chosen = shown.find(({ id }) => id === (eventId ?? cursorId))
  useActions({
    'list.close': close,
    'event.compare': {
      run: () => chosen !== undefined && compare({ id: chosen.id, title: eventTitle(chosen).text }),
      blocked: chosen === undefined ? 'Choose an event first' : null,
    },
  })

  return (
    <>
      <FilterBar
        filter={filter}
        onChange={(next) => void navigate({ to: '.', search: (old) => ({ ...old, ...next }), replace: true })}
      >
        <ComparePill />
        <InboxMenu filter={filter} />
        {waiting > 0 && <span className="shrink-0 text-small text-held">{formatCount(waiting)} waiting</span>}
        <ShownCount shown={shown.length} hasMore={list.hasNextPage} isFiltered={isFiltered(filter)} />
      </FilterBar>
      <SplitPane
        name="inbox"
        list={
          list.isPending ? (
            <SkeletonRows rows={12} />
          ) : list.isError && list.data === undefined && !isUnknownSource(list.error) ? (
            <ErrorState title="The events could not be read" error={list.error} onRetry={() => void list.refetch()} />
          ) : shown.length === 0 ? (
            isFiltered(filter) ? (
              <NothingFound onClear={() => void navigate({ to: '/inbox', search: {} })} />
            ) : (
              <EmptyInbox />
            )
          ) : (
            <RowList
              key={JSON.stringify(filter)}
              label="Events"
              header={<EventListHeader />}
              items={shown}
              renderRow={(event) => <EventRow event={event} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (eventId !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
              // A window left open for days must not hold every event that came: it starts over with what a page holds.
              onTopGrown={() => shown.length > MOST_HELD && void list.refetch()}
              onMore={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
            />
          )
        }
        detail={eventId === null ? null : <EventDetailPane key={eventId} eventId={eventId} onClose={close} />}
      />
    </>
  )
}

/** `38 of 1,284`. */
function ShownCount({ shown, hasMore, isFiltered }: { shown: number; hasMore: boolean; isFiltered: boolean }) {
  const total = useQuery(useApi().system.status.queryOptions({ input: {} })).data?.events
  if (total === undefined || !isFiltered) return null
  return (
    <span className="mono shrink-0 text-muted">
      {formatCount(shown)}
      {hasMore && '+'} of {formatCount(total)}
    </span>
  )
}

/** A filter may name a source that is not there: then nothing can match. */
function isUnknownSource(error: unknown): boolean {
  return refusalOf(error).code === 'not_found'
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <div className="flex flex-col items-start gap-2 p-6">
      <p className="font-medium">No event matches this filter.</p>
      <p className="text-muted">
        Text is looked for in type, path, headers and body. <span className="mono">type:audit.*</span> also takes deeper
        levels.
      </p>
      <Button onClick={onClear}>Clear the filter</Button>
    </div>
  )
}
