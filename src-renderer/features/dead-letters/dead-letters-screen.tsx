import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useApi } from '../../platform/api/session.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from '../../ui/controls/button.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { type DeadLetterSearch, queryOfGroup, toQuery, withId } from './dead-letter-filter.ts'
import { DeadLetterFilterBar } from './filter-bar.tsx'
import { GroupPane } from './group-pane.tsx'
import { GroupListHeader, GroupRow } from './group-row.tsx'
import { RetryDialog, type RetryWish } from './retry-dialog.tsx'
import { RetryStrip } from './retry-strip.tsx'

/** Begins anew where a person chooses another stretch of time. */
export function DeadLettersScreen() {
  const { since } = useSearch({ from: '/dead-letters' })
  return <DeadLetters key={since ?? 'ever'} />
}

function DeadLetters() {
  const navigate = useNavigate({ from: '/dead-letters' })
  const { endpoint, reason, since } = useSearch({ from: '/dead-letters' })
  const { groupId = null } = useParams({ strict: false })
  // The stretch is counted from when it was chosen: one that moved on would throw away what was paged and marked.
  const [askedAt] = useState(() => Date.now())
  const query = useMemo(() => toQuery({ endpoint, reason, since }, askedAt), [endpoint, reason, since, askedAt])
  const list = useQuery(useApi().deadLetters.groups.queryOptions({ input: query, placeholderData: keepPreviousData }))
  const groups = useMemo(() => (list.data?.items ?? []).map(withId), [list.data])
  const total = list.data?.total ?? 0
  const [wish, setWish] = useState<RetryWish | null>(null)
  const [cursorId, setCursorId] = useCursor(groupId)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/dead-letters/$groupId', params: { groupId: id }, search: (old) => old, replace })
  const retryAll = (): void => setWish({ count: total, filter: query })
  const close = (): void => void navigate({ to: '/dead-letters', search: (old) => old })
  const change = (next: DeadLetterSearch): void =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...next }), replace: true })
  useActions({
    'list.close': close,
    'dead_letters.retry_all': { run: retryAll, blocked: total === 0 ? 'There is no dead letter to retry' : null },
  })
  const opened = groups.find(({ id }) => id === groupId)

  return (
    <>
      <DeadLetterFilterBar
        search={{ endpoint, reason, since }}
        groups={groups}
        total={total}
        onChange={change}
        onRetryAll={retryAll}
      />
      <RetryStrip />
      <SplitPane
        name="dead-letters"
        list={
          list.isPending ? (
            <SkeletonRows />
          ) : list.isError && list.data === undefined ? (
            <ErrorState
              title="The dead letters could not be read"
              error={list.error}
              onRetry={() => void list.refetch()}
            />
          ) : groups.length === 0 ? (
            <NoDeadLetters
              isFiltered={[endpoint, reason, since].some((part) => part !== undefined)}
              onClear={() => void navigate({ to: '/dead-letters', search: {} })}
            />
          ) : (
            <RowList
              label="Groups of dead letters"
              header={<GroupListHeader />}
              items={groups}
              renderRow={(group) => <GroupRow group={group} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (groupId !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
            />
          )
        }
        detail={
          opened === undefined ? null : (
            <GroupPane
              key={opened.id}
              group={opened}
              query={queryOfGroup(opened, query)}
              onRetry={setWish}
              onClose={close}
            />
          )
        }
      />
      {wish !== null && <RetryDialog wish={wish} onClose={() => setWish(null)} />}
    </>
  )
}

function NoDeadLetters({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered) {
    return (
      <div className="flex flex-col items-start gap-2 p-6">
        <p className="font-medium">No dead letter fits this filter.</p>
        <Button onClick={onClear}>Show all</Button>
      </div>
    )
  }
  return (
    <EmptyState title="No dead letters">
      <p className="text-muted">
        A delivery whose policy has no try left, or whose receiver said that trying again is of no use, ends here. It is
        not lost: its event and every attempt are kept.
      </p>
      <p className="text-muted">
        They are grouped by endpoint and reason, so that after an outage you can mend the receiver and retry the whole
        group at a rate that it can bear. To be told as soon as there is one,{' '}
        <Link to="/alerts" className="text-accent underline underline-offset-2">
          set an alert
        </Link>
        .
      </p>
    </EmptyState>
  )
}
