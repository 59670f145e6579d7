import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi } from '../../platform/api/session.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from '../../ui/controls/button.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { ActivityBar } from './activity-bar.tsx'
import { type ActivityFilter, activityOptions, isFiltered } from './activity-filter.ts'
import { EntryDetailPane } from './entry-detail-pane.tsx'
import { EntryListHeader, EntryRow } from './entry-row.tsx'
import { ExportMenu } from './export-menu.tsx'
import { VerifyDialog } from './verify-dialog.tsx'

export function ActivityScreen() {
  const navigate = useNavigate({ from: '/activity' })
  const filter = useSearch({ from: '/activity' })
  const { entry: entryId = null } = useParams({ strict: false })
  const [isVerifying, setVerifying] = useState(false)
  const list = useInfiniteQuery(activityOptions(useApi(), filter))
  const items = list.data ?? []
  const [cursorId, setCursorId] = useCursor(entryId)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/activity/$entry', params: { entry: id }, search: (old) => old, replace })
  const close = (): void => void navigate({ to: '/activity', search: (old) => old })
  const narrow = (next: ActivityFilter): void => void navigate({ to: '/activity', search: next, replace: true })
  useActions({ 'list.close': close })
  const opened = items.find(({ id }) => id === entryId)

  return (
    <>
      <ActivityBar filter={filter} onChange={narrow} onVerify={() => setVerifying(true)}>
        <ExportMenu filter={filter} />
      </ActivityBar>
      <SplitPane
        name="activity"
        list={
          list.isPending ? (
            <SkeletonRows rows={12} />
          ) : list.isError && list.data === undefined ? (
            <ErrorState title="The activity could not be read" error={list.error} onRetry={() => void list.refetch()} />
          ) : items.length === 0 ? (
            <Nothing isFiltered={isFiltered(filter)} onClear={() => narrow({})} />
          ) : (
            <RowList
              key={JSON.stringify(filter)}
              label="Activity"
              header={<EntryListHeader />}
              items={items}
              renderRow={(entry) => <EntryRow entry={entry} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (entryId !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
              onMore={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
            />
          )
        }
        detail={
          opened === undefined ? null : (
            <EntryDetailPane
              key={opened.id}
              entry={opened}
              onClose={close}
              onNarrow={(part) => narrow({ ...filter, ...part })}
            />
          )
        }
      />
      {isVerifying && <VerifyDialog onClose={() => setVerifying(false)} />}
    </>
  )
}

function Nothing({ isFiltered: isNarrowed, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isNarrowed) {
    return (
      <div className="flex flex-col items-start gap-2 p-6">
        <p className="font-medium">Nothing of this kind was done.</p>
        <Button onClick={onClear}>Show all</Button>
      </div>
    )
  }
  return (
    <EmptyState title="Nothing has been changed yet">
      <p className="text-muted">
        Whoever changes something here, in the window, by a key or from the command line, stands in this list from then
        on: who, when, from where, what, and how it ended. Entries are never changed or removed. Each holds the hash of
        the one before, so that whoever edits the file is found out.
      </p>
      <p className="text-muted">Create an endpoint or a source, and its entry appears here.</p>
    </EmptyState>
  )
}
