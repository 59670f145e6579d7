import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'
import { useApi } from '../../platform/api/session.ts'
import { copyText } from '../../platform/browser/copy.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from '../../ui/controls/button.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { showDone } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { SourceDetailPane } from './source-detail-pane.tsx'
import { SourceListHeader, SourceRow } from './source-row.tsx'
import { NewSource } from './new-source.tsx'

const NEW = 'new'

export function SourcesScreen() {
  const navigate = useNavigateUnlessLeft()
  const { sourceId = null } = useParams({ strict: false })
  const list = useQuery(useApi().sources.list.queryOptions({ input: {} }))
  const items = list.data?.items ?? []
  const links = useQuery(useApi().links.list.queryOptions({ input: {} })).data?.items ?? []
  const linkOf = (id: string) => links.find((link) => link.id === id)
  const [cursorId, setCursorId] = useCursor(sourceId)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/sources/$sourceId', params: { sourceId: id }, replace })
  const close = (): void => void navigate({ to: '/sources' })
  const copyAddress = async (): Promise<void> => {
    const source = items.find(({ id }) => id === cursorId)
    if (source !== undefined && (await copyText(source.captureUrl))) showDone(`Copied ${source.captureUrl}`)
  }
  useActions({
    'list.close': close,
    'list.new': () => open(NEW),
    'source.copy_address': {
      run: () => void copyAddress(),
      blocked:
        cursorId === null
          ? 'Choose a source first'
          : linkOf(cursorId) === undefined
            ? null
            : 'A relay feeds this source: it has no address here',
    },
  })
  const opened = items.find(({ id }) => id === sourceId)

  return (
    <>
      <Bar label="Sources">
        <span className="grow text-muted">
          {list.data !== undefined && items.length > 0 && plural(items.length, 'source')}
        </span>
        <Button look="primary" onClick={() => open(NEW)}>
          <Plus size={13} /> New source
        </Button>
      </Bar>
      <SplitPane
        name="sources"
        list={
          list.isPending ? (
            <SkeletonRows />
          ) : list.isError && list.data === undefined ? (
            <ErrorState title="The sources could not be read" error={list.error} onRetry={() => void list.refetch()} />
          ) : items.length === 0 ? (
            <EmptySources onCreate={() => open(NEW)} />
          ) : (
            <RowList
              label="Sources"
              header={<SourceListHeader />}
              items={items}
              renderRow={(source) => <SourceRow source={source} link={linkOf(source.id)} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (sourceId !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
            />
          )
        }
        detail={
          sourceId === NEW ? (
            <NewSource onCreated={(id) => open(id)} onClose={close} />
          ) : opened === undefined ? null : (
            <SourceDetailPane key={opened.id} source={opened} link={linkOf(opened.id)} onClose={close} />
          )
        }
      />
    </>
  )
}

function EmptySources({ onCreate }: { onCreate: () => void }) {
  return (
    <EmptyState title="No source in this project">
      <p className="text-muted">
        A source is an address that captures: whatever a sender sends to it, by any method and with any body, becomes an
        event. Give each sender its own, and set what it is answered.
      </p>
      <Button look="primary" className="self-start" onClick={onCreate}>
        <Plus size={13} /> Create a source
      </Button>
    </EmptyState>
  )
}
