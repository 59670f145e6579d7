import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { ActionId } from '../../platform/actions/action-table.ts'
import { useDeliveryActions } from '../../platform/api/delivery-actions.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { ActionButton } from '../controls/action-button.tsx'
import { Button } from '../controls/button.tsx'
import { showError } from '../feedback/toast.tsx'

interface DeedOfDelivery {
  action: ActionId
  word: string
  look?: 'ghost'
  run: () => void
}

/** What can be done with a delivery as it stands; keys and palette offer it for the one that `isOpened`. */
export function DeliveryButtons({ delivery, isOpened = false }: { delivery: DeliveryView; isOpened?: boolean }) {
  const { retry, cancel, isBusy } = useDeliveryActions(showError)
  const deeds = deedsOf(delivery, { retry, cancel }).filter(({ look }) => isOpened || look === undefined)
  return (
    <span className="flex shrink-0 gap-1.5 empty:hidden">
      {deeds.map(({ action, word, look, run }) =>
        isOpened ? (
          <ActionButton key={action} action={action} look={look} blocked={isBusy ? 'One moment' : null} onAct={run}>
            {word}
          </ActionButton>
        ) : (
          <Button key={action} look={look} disabled={isBusy} onClick={run}>
            {word}
          </Button>
        ),
      )}
    </span>
  )
}

function deedsOf(
  { id, state, endpointId, endpointName }: DeliveryView,
  { retry, cancel }: { retry: (id: string) => void; cancel: (id: string) => void },
): DeedOfDelivery[] {
  const cancelIt: DeedOfDelivery = {
    action: 'delivery.cancel',
    word: 'Cancel',
    look: 'ghost',
    run: () => cancel(id),
  }
  const again = (action: ActionId, word: string): DeedOfDelivery => ({ action, word, run: () => retry(id) })
  switch (state) {
    case 'scheduled':
      return [again('delivery.run_now', 'Run now'), cancelIt]
    case 'failed':
    case 'simulated':
      return [again('delivery.retry', 'Retry')]
    case 'held': {
      if (endpointId === null) return [again('delivery.release', 'Release'), cancelIt]
      const resume = (): void => openOverlay({ kind: 'resume', endpointId, name: endpointName ?? 'the endpoint' })
      return [{ action: 'endpoint.resume', word: 'Resume…', run: resume }, cancelIt]
    }
    case 'delivering':
    case 'succeeded':
    case 'canceled':
      return []
  }
}
