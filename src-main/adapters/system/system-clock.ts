import { uptime } from 'node:os'
import type { Clock } from '#main/engine/ports.ts'

/** Node fires a timer at once where its delay is longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The machine's own time; waits of any length are armed again in steps that a timer can hold. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1_000,

  after(delayMs, task) {
    if (delayMs === 0) {
      const turn = setImmediate(task)
      return () => clearImmediate(turn)
    }
    const endsAt = performance.now() + delayMs
    let timer: NodeJS.Timeout
    const arm = () => {
      const leftMs = endsAt - performance.now()
      const stepMs = Math.min(Math.max(Math.ceil(leftMs), 0), LONGEST_TIMER_MS)
      timer = setTimeout(leftMs > LONGEST_TIMER_MS ? arm : task, stepMs)
    }
    arm()
    return () => clearTimeout(timer)
  },
}
