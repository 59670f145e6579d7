import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { useDeliveryActions } from '../../platform/api/delivery-actions.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { Button } from '../controls/button.tsx'
import { showError } from '../feedback/toast.tsx'

/** What can be done with a delivery as it stands. */
export function DeliveryButtons({ delivery, canCancel = false }: { delivery: DeliveryView; canCancel?: boolean }) {
  const { retry, cancel, isBusy } = useDeliveryActions(showError)
  const { id, state, endpointId, endpointName } = delivery
  return (
    <span className="flex shrink-0 gap-1.5 empty:hidden">
      {state === 'scheduled' && (
        <Button disabled={isBusy} onClick={() => retry(id)}>
          Run now
        </Button>
      )}
      {state === 'held' && endpointId === null && (
        <Button disabled={isBusy} onClick={() => retry(id)}>
          Release
        </Button>
      )}
      {(state === 'failed' || state === 'simulated') && (
        <Button disabled={isBusy} onClick={() => retry(id)}>
          Retry
        </Button>
      )}
      {state === 'held' && endpointId !== null && (
        <Button onClick={() => openOverlay({ kind: 'resume', endpointId, name: endpointName ?? 'the endpoint' })}>
          Resume…
        </Button>
      )}
      {canCancel && (state === 'scheduled' || state === 'held') && (
        <Button look="ghost" disabled={isBusy} onClick={() => cancel(id)}>
          Cancel
        </Button>
      )}
    </span>
  )
}
