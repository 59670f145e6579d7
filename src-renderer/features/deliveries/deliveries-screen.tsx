import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useApi } from '../../platform/api/session.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { type DeliveryFilter, deliveryListOptions, isFiltered } from './delivery-filter.ts'
import { DeliveryDetailPane } from './delivery-detail-pane.tsx'
import { DeliveryListHeader, DeliveryRow } from './delivery-row.tsx'
import { EmptyDeliveries } from './empty-deliveries.tsx'
import { StateFilter } from './state-filter.tsx'

export function DeliveriesScreen() {
  const navigate = useNavigate({ from: '/deliveries' })
  const { state, endpoint, replay, event, filter: words } = useSearch({ from: '/deliveries' })
  const filter: DeliveryFilter = { state, endpoint, replay, event, filter: words }
  const { deliveryId = null } = useParams({ strict: false })
  const list = useInfiniteQuery(deliveryListOptions(useApi(), filter))
  const items = list.data ?? []

  const [cursorId, setCursorId] = useCursor(deliveryId)
  const chosen = items.find(({ id }) => id === cursorId)
  const open = (id: string, replace = false): void =>
    void navigate({
      to: '/deliveries/$deliveryId',
      params: { deliveryId: id },
      search: (old) => ({ ...old, attempt: undefined }),
      replace,
    })
  const close = (): void => void navigate({ to: '/deliveries', search: (old) => ({ ...old, attempt: undefined }) })
  useActions({
    'list.close': close,
    'delivery.replay': {
      run: () => chosen !== undefined && openOverlay({ kind: 'replay', eventId: chosen.eventId }),
      blocked: chosen === undefined ? 'Choose a delivery first' : null,
    },
  })

  return (
    <>
      <StateFilter
        filter={filter}
        onChange={(next) => void navigate({ to: '.', search: (old) => ({ ...old, ...next }), replace: true })}
      />
      <SplitPane
        name="deliveries"
        list={
          list.isPending ? (
            <SkeletonRows rows={12} />
          ) : list.isError && list.data === undefined ? (
            <ErrorState
              title="The deliveries could not be read"
              error={list.error}
              onRetry={() => void list.refetch()}
            />
          ) : items.length === 0 ? (
            isFiltered(filter) ? (
              <NothingFound onClear={() => void navigate({ to: '/deliveries', search: {} })} />
            ) : (
              <EmptyDeliveries />
            )
          ) : (
            <RowList
              key={JSON.stringify(filter)}
              label="Deliveries"
              header={<DeliveryListHeader />}
              items={items}
              renderRow={(delivery) => <DeliveryRow delivery={delivery} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (deliveryId !== null) open(id, true)
              }}
              onOpen={(id) => open(id)}
              onMore={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
            />
          )
        }
        detail={
          deliveryId === null ? null : <DeliveryDetailPane key={deliveryId} deliveryId={deliveryId} onClose={close} />
        }
      />
    </>
  )
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <div className="flex flex-col items-start gap-2 p-6">
      <p className="font-medium">No delivery is in this state.</p>
      <Button onClick={onClear}>Show all</Button>
    </div>
  )
}
