import { StoreUnavailableError } from '../../ports/store.ts'
import type { Clock, Log } from '../../ports/system.ts'

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000

/** Does a step of the store, again and again while the storage cannot take it. */
export type Patiently = <T>(step: () => Promise<T>) => Promise<T>

/** Gives up, with the store's own error, once `signal` aborts. */
export function createPatience({ clock, log, signal }: { clock: Clock; log: Log; signal: AbortSignal }): Patiently {
  return async (step) => {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        return await step()
      } catch (error) {
        if (!(error instanceof StoreUnavailableError) || signal.aborted) throw error
        log.warn('The storage takes nothing now; trying again', { reason: error.message, waitMs })
      }
      await pause(clock, waitMs, signal)
    }
  }
}

/** Ends early when `signal` aborts. */
function pause(clock: Clock, waitMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = clock.after(waitMs, resolve)
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise.finally(cancel)
}
