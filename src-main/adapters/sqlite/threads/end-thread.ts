import type { Worker } from 'node:worker_threads'

/** What a thread is told last: it closes its database and its port, and so ends. */
export const FAREWELL = { kind: 'close' } as const
export type Farewell = typeof FAREWELL

/** Far longer than a step of a thread takes; one that goes on is left to the end of the process. */
const WITHIN_MS = 10_000

/** Whether a thread is to end. */
export function isFarewell(told: object): told is Farewell {
  return 'kind' in told && told.kind === FAREWELL.kind
}

/**
 * Has a thread end by itself, between two steps, and resolves once it has, or after ten seconds. `terminate()` would cut it off
 * in the midst of one: whatever the database's code is about to call fails then, for which Node ends the whole process.
 */
export function endThread(thread: Worker): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, WITHIN_MS)
    thread.once('exit', () => {
      clearTimeout(late)
      resolve()
    })
    thread.postMessage(FAREWELL)
  })
}
