import type { Log } from '../engine/ports.ts'

/** Work that goes on after the connection that asked for it. */
export interface InProgress {
  track(work: Promise<void>): void
  /** Resolves once all that is tracked now has ended. */
  settled(): Promise<void>
}

export function createInProgress(log: Log): InProgress {
  const all = new Set<Promise<void>>()
  return {
    track(work) {
      const ended = work
        .catch((error: unknown) => log.error('A request could not be captured', { error: String(error) }))
        .finally(() => all.delete(ended))
      all.add(ended)
    },
    async settled() {
      await Promise.all(all)
    },
  }
}
