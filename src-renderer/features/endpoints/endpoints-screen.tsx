import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useNavigateUnlessLeft } from '../../platform/browser/navigate-unless-left.ts'
import { useApi } from '../../platform/api/session.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { plural } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { EndpointKinds } from './endpoint-kinds.tsx'
import { EmptyEndpoints } from './empty-endpoints.tsx'
import { EndpointDetailPane } from './endpoint-detail-pane.tsx'
import { EndpointListHeader, EndpointRow } from './endpoint-row.tsx'
import { NewEndpoint } from './form/new-endpoint.tsx'

const NEW = 'new'

export function EndpointsScreen() {
  const navigate = useNavigateUnlessLeft()
  const { endpointId = null } = useParams({ strict: false })
  const list = useQuery(useApi().endpoints.list.queryOptions({ input: {} }))
  const items = list.data?.items ?? []
  const [cursorId, setCursorId] = useCursor(endpointId)
  const open = (id: string, replace = false): void =>
    void navigate({ to: '/endpoints/$endpointId', params: { endpointId: id }, replace })
  const close = (): void => void navigate({ to: '/endpoints' })
  useActions({ 'list.close': close, 'list.new': () => open(NEW) })
  const opened = items.find(({ id }) => id === endpointId)

  return (
    <>
      <Bar label="Endpoints">
        <EndpointKinds />
        <span className="grow text-muted">
          {list.data !== undefined && items.length > 0 && plural(items.length, 'endpoint')}
        </span>
        <Button look="primary" onClick={() => open(NEW)}>
          <Plus size={13} /> New endpoint
        </Button>
      </Bar>
      <SplitPane
        name="endpoints"
        list={
          list.isPending ? (
            <SkeletonRows />
          ) : list.isError && list.data === undefined ? (
            <ErrorState
              title="The endpoints could not be read"
              error={list.error}
              onRetry={() => void list.refetch()}
            />
          ) : items.length === 0 ? (
            <EmptyEndpoints onCreate={() => open(NEW)} />
          ) : (
            <RowList
              label="Endpoints"
              header={<EndpointListHeader />}
              items={items}
              renderRow={(endpoint) => <EndpointRow endpoint={endpoint} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (endpointId !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
            />
          )
        }
        detail={
          endpointId === NEW ? (
            <NewEndpoint onCreated={(id) => open(id)} onClose={close} />
          ) : opened === undefined ? null : (
            <EndpointDetailPane key={opened.id} endpoint={opened} onClose={close} />
          )
        }
      />
    </>
  )
}
