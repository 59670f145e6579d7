import type { Log } from '../engine/ports.ts'

/** Work that goes on after the connection that asked for it. */
export interface InProgress {
  track(work: Promise<void>): void
  /** Resolves once nothing that is tracked goes on. */
  settled(): Promise<void>
}

export function createInProgress(log: Log): InProgress {
  let open = 0
  const waiting: (() => void)[] = []

  function end(): void {
    open -= 1
    if (open === 0) for (const tell of waiting.splice(0)) tell()
  }

  function fail(error: unknown): void {
    log.error('A request could not be captured', { error: String(error) })
    end()
  }

  return {
    track(work) {
      open += 1
      work.then(end, fail)
    },
    settled: () => (open === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve))),
  }
}
