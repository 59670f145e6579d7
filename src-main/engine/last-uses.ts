import type { Clock, Log } from './ports.ts'

/** At most so many uses share a write: the thread that delivers stands still for as long as one takes. */
const SLICE = 25
/** Between two slices, so that thousands are not one long time in which little else gets its turn. */
const REST_MS = 50

/** When each of many things was last used: noted in memory, and kept together now and then. */
export interface LastUses<Use> {
  note(use: Use): void
  /** The latest use of this key that is not kept yet. */
  pending(key: string): Use | null
  /** Keeps what is noted, and takes no more. */
  stop(): Promise<void>
}

export interface LastUsesDeps<Use> {
  keyOf(use: Use): string
  keep(uses: readonly Use[]): Promise<void>
  /** How long uses are gathered before they are kept. */
  gatherMs: number
  clock: Clock
  log: Log
}

export function createLastUses<Use>({ keyOf, keep, gatherMs, clock, log }: LastUsesDeps<Use>): LastUses<Use> {
  const noted = new Map<string, Use>()
  let cancelTimer: (() => void) | null = null
  let keeping = Promise.resolve()
  let endRest: (() => void) | null = null
  let isStopped = false

  function keepSoon(): void {
    if (!isStopped) cancelTimer ??= clock.after(gatherMs, () => void keepNoted())
  }

  function keepNoted(): Promise<void> {
    cancelTimer?.()
    cancelTimer = null
    return (keeping = keeping.then(keepInSlices))
  }

  function rest(): Promise<void> {
    if (isStopped) return Promise.resolve()
    return new Promise((resolve) => {
      endRest = resolve
      clock.after(REST_MS, resolve)
    })
  }

  /** Until a use is kept it stays noted, so that a failure loses none. */
  async function keepInSlices(): Promise<void> {
    const uses = [...noted.values()]
    try {
      for (let from = 0; from < uses.length; from += SLICE) {
        if (from > 0) await rest()
        const slice = uses.slice(from, from + SLICE)
        await keep(slice)
        for (const use of slice) if (noted.get(keyOf(use)) === use) noted.delete(keyOf(use))
      }
    } catch (error) {
      log.warn('When something was last used could not be kept', { error: String(error) })
    }
    // What failed, and what was used again meanwhile.
    if (noted.size > 0) keepSoon()
  }

  return {
    note(use) {
      if (isStopped) return
      noted.set(keyOf(use), use)
      keepSoon()
    },
    pending: (key) => noted.get(key) ?? null,
    stop() {
      isStopped = true
      endRest?.()
      return keepNoted()
    },
  }
}
