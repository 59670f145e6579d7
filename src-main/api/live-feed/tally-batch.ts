import type { EventId } from '#shared/model/ids.ts'
import type { Clock } from '../../engine/ports.ts'

/** Gathers event ids for a moment, then hands them over together; never two hand-overs at once. */
export interface TallyBatch {
  add(eventId: EventId): void
  stop(): void
}

export function createTallyBatch(options: {
  clock: Clock
  waitMs: number
  /** Must not reject. */
  flush(eventIds: readonly EventId[]): Promise<void>
}): TallyBatch {
  const pending = new Set<EventId>()
  let cancel: (() => void) | null = null
  let flushing = false

  function arm(): void {
    if (cancel || flushing || pending.size === 0) return
    cancel = options.clock.after(options.waitMs, () => {
      cancel = null
      void run()
    })
  }

  async function run(): Promise<void> {
    const eventIds = [...pending]
    pending.clear()
    flushing = true
    await options.flush(eventIds)
    flushing = false
    arm()
  }

  return {
    add(eventId) {
      pending.add(eventId)
      arm()
    },
    stop() {
      pending.clear()
      cancel?.()
      cancel = null
    },
  }
}
