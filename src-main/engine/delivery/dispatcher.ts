import type { Lane } from '../ports/delivery-store.ts'
import type { Clock } from '../ports/system.ts'
import { createAttemptRunner } from './dispatch/attempt-runner.ts'
import { createClaimLoop, type ClaimLoop } from './dispatch/claim-loop.ts'
import type { DispatcherDeps } from './dispatch/deps.ts'
import { createDueClock } from './dispatch/due-clock.ts'
import { createLaneTable } from './dispatch/lane-table.ts'
import { createPatience } from './dispatch/store-patience.ts'

export type { DispatcherDeps, LaneDirectory } from './dispatch/deps.ts'

export interface Dispatcher {
  /** Recovers what an earlier run left in flight, then begins to send. */
  start(): Promise<void>
  /** Says that a lane has a delivery due at `dueAt` (unix ms); call it after the commit, and after a resume. */
  wake(lane: Lane, dueAt: number): void
  /** Reads every lane's due time again: for changes of many at once, such as a new time scale. */
  refresh(): Promise<void>
  /** Attempts that run now. */
  inFlight(): number
  /** Takes no new work and waits up to `graceMs`; what still runs is cut and recovered by the next start. */
  stop(graceMs: number): Promise<void>
}

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { deliveries, clock, log, publish } = deps
  const owner = Array.from(deps.random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const lanes = createLaneTable()
  const cut = new AbortController()
  const shared = {
    ...deps,
    dueNow: createDueClock(clock),
    patiently: createPatience({ clock, log, signal: cut.signal }),
  }
  const runner = createAttemptRunner({
    ...shared,
    onScheduled: (lane, dueAt) => lanes.wake(lane, dueAt),
    onBegan: (lane) => lanes.began(lane),
    onEnded(lane) {
      lanes.ended(lane)
      loop.pump()
    },
  })
  const loop: ClaimLoop = createClaimLoop({ ...shared, owner, lanes, inFlight: runner.inFlight, begin: runner.begin })

  async function refresh(): Promise<void> {
    for (const { lane, dueAt } of await deliveries.lanes()) if (dueAt !== null) lanes.wake(lane, dueAt)
    loop.pump()
  }

  return {
    async start() {
      const recovered = await deliveries.recover({ owner, now: clock.now() })
      if (recovered.length > 0)
        log.info('Recovered attempts that an earlier run left in flight', { count: recovered.length })
      for (const delivery of recovered) publish({ delivery, heldOthers: 0 })
      await refresh()
      loop.run()
    },
    wake(lane, dueAt) {
      lanes.wake(lane, dueAt)
      loop.pump()
    },
    refresh,
    inFlight: runner.inFlight,
    async stop(graceMs) {
      loop.stop()
      runner.refuse()
      const ended = settled(() => [...loop.pending(), ...runner.pending()])
      if (graceMs > 0) await Promise.race([ended, elapsed(clock, graceMs, ended)])
      cut.abort()
      runner.cut()
      await ended
    },
  }
}

/** Resolves after `delayMs`; the timer goes with `end`. */
function elapsed(clock: Clock, delayMs: number, end: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = clock.after(delayMs, resolve)
  void end.then(cancel)
  return promise
}

/** Waits until nothing is left, counting what begins meanwhile. */
async function settled(pending: () => readonly Promise<void>[]): Promise<void> {
  for (let left = pending(); left.length > 0; left = pending()) await Promise.allSettled(left)
}
