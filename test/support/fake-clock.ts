import type { Clock } from '#main/engine/ports.ts'

interface Timer {
  dueAt: number
  task: () => void
}

export interface FakeClock extends Clock {
  /** Moves both times on by `ms`, running what falls due in order and letting its work settle in between. */
  advance(ms: number): Promise<void>
  /** Sets the wall time alone, as a person or a time server does. */
  setWall(unixMs: number): void
  /** Passes `ms` while the machine sleeps: no timer runs, and the monotonic time stands still. */
  sleep(ms: number): void
  /** Waits in ms until each armed timer, soonest first. */
  pending(): readonly number[]
}

/** Turns of the event loop that work which a timer started may take to come to rest. */
const SETTLE_TURNS = 10

/** Lets promises and immediates that are under way come to rest. */
export async function settle(turns = SETTLE_TURNS): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}

/** Time that stands still until a test moves it. It begins at noon on 2026-01-02 UTC. */
export function createFakeClock(startAt = Date.UTC(2026, 0, 2, 12)): FakeClock {
  let elapsedMs = 0
  let wallOffset = startAt
  let sleptMs = 0
  const timers = new Set<Timer>()

  function soonest(): Timer | null {
    let first: Timer | null = null
    for (const timer of timers) if (!first || timer.dueAt < first.dueAt) first = timer
    return first
  }

  return {
    now: () => wallOffset + elapsedMs,
    monotonic: () => elapsedMs,
    uptime: () => elapsedMs + sleptMs,

    after(delayMs, task) {
      const timer = { dueAt: elapsedMs + Math.max(0, delayMs), task }
      timers.add(timer)
      return () => void timers.delete(timer)
    },

    async advance(ms) {
      const until = elapsedMs + ms
      await settle()
      for (let timer = soonest(); timer && timer.dueAt <= until; timer = soonest()) {
        elapsedMs = Math.max(elapsedMs, timer.dueAt)
        timers.delete(timer)
        timer.task()
        await settle()
      }
      elapsedMs = until
      await settle()
    },

    setWall: (unixMs) => {
      wallOffset = unixMs - elapsedMs
    },
    sleep: (ms) => {
      wallOffset += ms
      sleptMs += ms
    },
    pending: () => [...timers].map(({ dueAt }) => dueAt - elapsedMs).toSorted((a, b) => a - b),
  }
}
