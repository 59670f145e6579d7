import type { BulkRetry, RetryRefusal } from '#shared/model/bulk-retry.ts'
import type { BulkRetryId } from '#shared/model/ids.ts'
import { StoreUnavailableError } from '../ports.ts'
import type { RetryBatch } from './dead-letter-store.ts'
import type { DeadLettersDeps } from './dead-letters.ts'

/** How many are scheduled in one step where no rate is set. */
const BATCH = 100
/** How often a rate is dealt out in a second, at most. */
const STEPS_PER_SECOND = 10
const STORE_PATIENCE_MS = 1_000

interface Run {
  cancelTimer: () => void
  step: Promise<void>
  /** Begun again, after a pause, before its last step told that it paused. */
  isWanted: boolean
}

export interface RetryRuns {
  start(): void
  /** Nothing until `start`, or where it runs already. */
  begin(retry: BulkRetry): void
  tell(retry: BulkRetry): void
  /** Ends with the step that is under way. */
  stop(): Promise<void>
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
  const running = new Map<BulkRetryId, Run>()
  let isStarted = false

  function tell({ projectId, id }: BulkRetry): void {
    changes.publish({ type: 'retry.changed', projectId, retryId: id })
  }

  /** One step; resolves to the wait before the next in ms, or null at the end. */
  async function step({ id: retryId, ratePerSecond }: BulkRetry): Promise<number | null> {
    const { limit, waitMs } = pace(ratePerSecond)
    const { items, cursor } = await store.nextOfRetry({ retryId, limit })
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
    return deliveryIds.length === 0 ? 0 : waitMs
  }

  async function patiently(retry: BulkRetry): Promise<number | null> {
    try {
      return await step(retry)
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error
      return STORE_PATIENCE_MS
    }
  }

  function runStep(retry: BulkRetry): Promise<void> {
    return patiently(retry).then(
      (waitMs) => {
        const isWanted = running.get(retry.id)?.isWanted ?? false
        if (isStarted && (waitMs !== null || isWanted)) schedule(retry, waitMs ?? 0)
        else running.delete(retry.id)
      },
      (error: unknown) => {
        running.delete(retry.id)
        log.error('A retry of dead letters stopped', { retryId: retry.id, error: String(error) })
      },
    )
  }

  function schedule(retry: BulkRetry, waitMs: number): void {
    const run = running.get(retry.id) ?? { cancelTimer: () => {}, step: Promise.resolve(), isWanted: false }
    running.set(retry.id, run)
    run.isWanted = false
    run.cancelTimer = clock.after(waitMs, () => {
      run.step = runStep(retry)
    })
  }

  return {
    tell,
    start: () => void (isStarted = true),
    begin: (retry) => {
      const run = running.get(retry.id)
      if (run) run.isWanted = true
      else if (isStarted) schedule(retry, 0)
    },
    async stop() {
      isStarted = false
      const runs = [...running.values()]
      for (const { cancelTimer } of runs) cancelTimer()
      await Promise.all(runs.map((run) => run.step))
      running.clear()
    },
  }
}

/** How many to take at once, and how long until the next, so that they come at the rate. */
export function pace(ratePerSecond: number | null): { limit: number; waitMs: number } {
  if (ratePerSecond === null) return { limit: BATCH, waitMs: 0 }
  const limit = Math.max(1, Math.floor(ratePerSecond / STEPS_PER_SECOND))
  return { limit, waitMs: (limit * 1_000) / ratePerSecond }
}
