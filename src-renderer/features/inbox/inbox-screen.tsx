import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { useApi } from '../../platform/api/session.ts'
import { useRows } from '../../platform/lists/use-rows.ts'
import { useFilter } from '../../platform/filter/use-filter.ts'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { FilterBar } from '../../ui/filter/filter-bar.tsx'
import { NothingFound } from '../../ui/filter/nothing-found.tsx'
import { formatCount } from '../../ui/format/size.ts'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { EmptyInbox } from './empty-inbox.tsx'
import { ComparePill } from './compare/compare-pill.tsx'
import { useCompare } from './compare/use-compare.ts'
import { EventDetailPane } from './event-detail-pane.tsx'
import { EventListHeader, eventTitle } from './event-row.tsx'
import { InboxMenu } from './inbox-menu.tsx'
import { eventListOptions } from './queries.ts'
import { ClearStrip } from './selection/clear-strip.tsx'
import { useVisible } from './selection/hidden-events.ts'
import { SelectableRow } from './selection/selectable-row.tsx'
import { SelectionBar } from './selection/selection-bar.tsx'
import { useSelection } from './selection/use-selection.ts'
import { usePausable } from './use-pausable.ts'

const MOST_HELD = 3_000

export function InboxScreen() {
  const navigate = useNavigate({ from: '/inbox' })
  const navigateHere = useNavigate()
  const filter = useFilter(useSearch({ from: '/inbox' }).filter ?? '', 'events')
  const { eventId = null } = useParams({ strict: false })
  const asked = filter.asked ?? ''
  const list = useInfiniteQuery({ ...eventListOptions(useApi(), asked), enabled: filter.asked !== null })
  const { rows, of, isLooking } = useRows(list, asked)
  const { shown, waiting } = usePausable(useVisible(rows ?? [], asked))

  const [cursorId, setCursorId] = useCursor(eventId)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/inbox/$eventId', params: { eventId: id }, search: true, replace })
  const selected = useSelection(shown, asked, eventId ?? cursorId)
  const close = (): void => void (eventId !== null && navigate({ to: '/inbox', search: true }))
  // What is open stays open.
  const narrow = (text: string): void =>
    void navigateHere({ to: '.', search: (old) => ({ ...old, filter: text === '' ? undefined : text }), replace: true })
  const compare = useCompare()
  const chosen = shown.find(({ id }) => id === (eventId ?? cursorId))
  useActions({
    'list.close': selected.isActive ? selected.clear : close,
    'event.compare': {
      run: () => chosen !== undefined && compare({ id: chosen.id, title: eventTitle(chosen).text }),
      blocked: chosen === undefined ? 'Choose an event first' : null,
    },
  })

  return (
    <>
      <FilterBar
        label="events"
        filter={filter}
        placeholder="Filter: any text, type:audit.*, state:failed, $.data.id=42"
        onChange={narrow}
      >
        <ComparePill />
        <InboxMenu filter={filter.trouble === null ? asked : null} />
        {waiting > 0 && <span className="shrink-0 text-small text-held">{formatCount(waiting)} waiting</span>}
        <ShownCount shown={shown.length} hasMore={list.hasNextPage} isFiltered={asked !== ''} />
      </FilterBar>
      <SplitPane
        name="inbox"
        list={
          <>
            <ClearStrip />
            {selected.isActive && filter.asked !== null && (
              <SelectionBar
                selection={selected.selection}
                filter={asked}
                onAll={selected.all}
                onClear={selected.clear}
              />
            )}
            {rows === undefined && list.isError ? (
              <ErrorState title="The events could not be read" error={list.error} onRetry={() => void list.refetch()} />
            ) : rows === undefined && filter.asked !== null ? (
              <SkeletonRows rows={12} />
            ) : shown.length === 0 ? (
              filter.text.trim() === '' ? (
                <EmptyInbox />
              ) : (
                <NothingFound what="event" filter={filter} isLooking={isLooking} onClear={() => narrow('')}>
                  Text is looked for in type, path, headers and body. <span className="mono">type:audit.*</span> also
                  takes deeper levels.
                </NothingFound>
              )
            ) : (
              <RowList
                key={of}
                label="Events"
                header={<EventListHeader />}
                items={shown}
                renderRow={(event) => (
                  <SelectableRow
                    event={event}
                    isSelected={selected.has(event.id)}
                    isSelecting={selected.isActive}
                    onMark={selected.mark}
                  />
                )}
                selection={selected}
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
            )}
          </>
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
