import type { Clock } from '../../engine/ports.ts'

const LOOK_EVERY_MS = 1_000

/** Ends what goes on after its credential has fallen: a feed lasts far longer than the check at its beginning. */
export interface OpenCalls {
  /**
   * Watches a call until the returned function says that it is over. One whose credential has fallen has about a second
   * to finish, as the very call has that revoked it, then `end` is called.
   */
  add(stands: () => boolean, end: () => void): () => void
}

export function createOpenCalls(clock: Clock): OpenCalls {
  const open = new Set<{ stands: () => boolean; end: () => void; hasFallen: boolean }>()
  let isLooking = false

  function arm(): void {
    if (isLooking || open.size === 0) return
    isLooking = true
    clock.after(LOOK_EVERY_MS, look)
  }

  function look(): void {
    isLooking = false
    for (const call of open) {
      if (call.stands()) continue
      if (call.hasFallen) {
        open.delete(call)
        call.end()
      }
      call.hasFallen = true
    }
    arm()
  }

  return {
    add(stands, end) {
      const call = { stands, end, hasFallen: false }
      open.add(call)
      arm()
      return () => void open.delete(call)
    },
  }
}
