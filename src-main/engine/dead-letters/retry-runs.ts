import type { BulkRetry, RetryRefusal } from '#shared/model/bulk-retry.ts'
import { shareOf, waitAfter } from '../runs/pace.ts'
import { createStepRuns, type StepRuns } from '../runs/step-runs.ts'
import type { RetryBatch } from './dead-letter-store.ts'
import type { DeadLettersDeps } from './dead-letters.ts'

/** How many are scheduled in one step where no rate is set. */
const BATCH = 100

export interface RetryRuns extends StepRuns<BulkRetry> {
  tell(retry: BulkRetry): void
}

/** Walks through the dead letters of each bulk retry, a few at a time. */
export function createRetryRuns({
  store,
  clock,
  log,
  changes,
  onScheduled,
  refusalOf,
}: Pick<DeadLettersDeps, 'store' | 'clock' | 'log' | 'changes' | 'onScheduled'> & {
  refusalOf(item: RetryBatch['items'][number]): RetryRefusal | null
}): RetryRuns {
  function tell({ projectId, id }: BulkRetry): void {
    changes.publish({ type: 'retry.changed', projectId, retryId: id })
  }

  async function step({ id: retryId, ratePerSecond }: BulkRetry): Promise<number | null> {
    const { items, cursor } = await store.nextOfRetry({ retryId, limit: shareOf(ratePerSecond, BATCH) })
    if (items.length === 0) {
      const finished = await store.moveRetry({ retryId, from: ['running'], to: 'finished', now: clock.now() })
      if (finished) tell(finished)
      return null
    }
    const refused: BulkRetry['refused'] = {}
    const deliveryIds = items.flatMap((item) => {
      const reason = refusalOf(item)
      if (reason === null) return [item.delivery.id]
      refused[reason] = (refused[reason] ?? 0) + 1
      return []
    })
    const advanced = await store.advanceRetry({ retryId, deliveryIds, refused, cursor, now: clock.now() })
    if (!advanced) return null
    for (const delivery of advanced.deliveries)
      changes.publish({ type: 'delivery.changed', projectId: delivery.projectId, delivery })
    onScheduled(advanced.deliveries)
    tell(advanced.retry)
    return waitAfter(ratePerSecond, deliveryIds.length)
  }

  return { tell, ...createStepRuns({ clock, log, name: 'retry of dead letters', step }) }
}
