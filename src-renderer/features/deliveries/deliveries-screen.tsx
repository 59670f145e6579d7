import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { useApi } from '../../platform/api/session.ts'
import { useRows } from '../../platform/lists/use-rows.ts'
import { useFilter } from '../../platform/filter/use-filter.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { FilterBar } from '../../ui/filter/filter-bar.tsx'
import { NothingFound } from '../../ui/filter/nothing-found.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { DeliveryDetailPane } from './delivery-detail-pane.tsx'
import { DeliveryListHeader, DeliveryRow } from './delivery-row.tsx'
import { EmptyDeliveries } from './empty-deliveries.tsx'
import { StateChips } from './filter/state-chips.tsx'
import { deliveryListOptions } from './queries.ts'

/** Always the same, so that rows are drawn again only when they changed. */
const renderDelivery = (delivery: DeliveryView) => <DeliveryRow delivery={delivery} />

export function DeliveriesScreen() {
  const navigate = useNavigate({ from: '/deliveries' })
  const navigateHere = useNavigate()
  const filter = useFilter(useSearch({ from: '/deliveries' }).filter ?? '', 'deliveries')
  const { deliveryId = null } = useParams({ strict: false })
  const asked = filter.asked ?? ''
  const list = useInfiniteQuery({ ...deliveryListOptions(useApi(), asked), enabled: filter.asked !== null })
  const { rows, of, isLooking } = useRows(list, asked)
  const items = rows ?? []

  const [cursorId, setCursorId] = useCursor(deliveryId)
  const chosen = items.find(({ id }) => id === cursorId)
  const open = (id: string, replace = false): void =>
    void navigate({
      to: '/deliveries/$deliveryId',
      params: { deliveryId: id },
      search: (old) => ({ ...old, attempt: undefined }),
      replace,
    })
  const close = (): void =>
    void (deliveryId !== null && navigate({ to: '/deliveries', search: (old) => ({ ...old, attempt: undefined }) }))
  // What is open stays open.
  const narrow = (text: string): void =>
    void navigateHere({ to: '.', search: (old) => ({ ...old, filter: text === '' ? undefined : text }), replace: true })
  useActions({
    'list.close': close,
    'delivery.replay': {
      run: () => chosen !== undefined && openOverlay({ kind: 'replay', eventId: chosen.eventId }),
      blocked: chosen === undefined ? 'Choose a delivery first' : null,
    },
  })

  return (
    <>
      <FilterBar
        label="deliveries"
        filter={filter}
        placeholder="Filter: state:failed, endpoint:…, status:5xx, since:2h"
        onChange={narrow}
      />
      <StateChips filter={filter.text} onChange={narrow} />
      <SplitPane
        name="deliveries"
        list={
          rows === undefined && list.isError ? (
            <ErrorState
              title="The deliveries could not be read"
              error={list.error}
              onRetry={() => void list.refetch()}
            />
          ) : rows === undefined && filter.asked !== null ? (
            <SkeletonRows rows={12} />
          ) : items.length === 0 ? (
            filter.text.trim() === '' ? (
              <EmptyDeliveries />
            ) : (
              <NothingFound what="delivery" filter={filter} isLooking={isLooking} onClear={() => narrow('')}>
                States of one filter are parted by commas: <span className="mono">state:scheduled,delivering</span>.
              </NothingFound>
            )
          ) : (
            <RowList
              key={of}
              label="Deliveries"
              header={<DeliveryListHeader />}
              items={items}
              renderRow={renderDelivery}
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
