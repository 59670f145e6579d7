import type { EndpointId } from '#shared/model/ids.ts'
import type { Lane } from '../ports/delivery-store.ts'
import type { Clock } from '../ports/system.ts'
import { createAttemptRunner } from './dispatch/attempt-runner.ts'
import { createClaimLoop, type ClaimLoop } from './dispatch/claim-loop.ts'
import type { DispatcherDeps } from './dispatch/deps.ts'
import { createClockFollower } from './dispatch/clock/follow-clock.ts'
import { createLaneTable } from './dispatch/lanes/lane-table.ts'
import { createPace } from './dispatch/lanes/pace.ts'
import { createPauseNotices } from './dispatch/pause-notices.ts'
import { createProber, type Prober } from './dispatch/prober.ts'
import { laneOf } from './dispatch/lanes/room.ts'
import { createPatience } from './dispatch/store-patience.ts'
import { createTimeWatch } from './dispatch/clock/time-watch.ts'

export type { DeliveryChange, DispatcherDeps, LaneDirectory } from './dispatch/deps.ts'

/** After sleep the network needs a moment to come back. */
const NETWORK_WAIT_MS = 5_000

export interface Dispatcher {
  /** Recovers what an earlier run left in flight, then begins to send. */
  start(): Promise<void>
  /** Says that a lane has a delivery due at `dueAt` (unix ms); call it after the commit. */
  wake(lane: Lane, dueAt: number): void
  /** Says that held deliveries of an endpoint were released: they drain at a rate that grows from a small one. */
  drain(endpointId: EndpointId): void
  /** Says that an endpoint's configuration, state or held deliveries changed; one that is gone is forgotten. */
  endpointChanged(endpointId: EndpointId): void
  /** Reads every lane's due time again: for changes of many at once, such as a new time scale. */
  refresh(): Promise<void>
  /** Takes no new work until `resume`: the machine goes to sleep. */
  suspend(): void
  /** Goes on after sleep, once the network had a moment, oldest first and at a rate that grows from a small one. */
  resume(): void
  /** Attempts that run now. */
  inFlight(): number
  /** Takes no new work and waits up to `graceMs`; what still runs is cut and recovered by the next start. */
  stop(graceMs: number): Promise<void>
}

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { deliveries, clock, log, publish } = deps
  const owner = Array.from(deps.random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const lanes = createLaneTable()
  const pace = createPace(clock)
  const cut = new AbortController()
  const time = createTimeWatch(clock, () => {
    pace.ramp('every')
    rest(clock.monotonic() + NETWORK_WAIT_MS)
  })
  const patiently = createPatience({ clock, log, signal: cut.signal })
  const followClock = createClockFollower({ time, deliveries, lanes, log, patiently, readLanes })
  const shared = { ...deps, owner, lanes, pace, time, patiently, followClock }
  const runner = createAttemptRunner({
    ...shared,
    onScheduled: (lane, dueAt) => lanes.wake(lane, dueAt),
    onBegan: (lane) => lanes.began(lane),
    onOpened: createPauseNotices({ clock, log }),
    onReleased: drain,
    onEnded(claimed) {
      lanes.ended(laneOf(claimed.delivery))
      prober.ended(claimed)
      loop.pump()
    },
  })
  const { inFlight, begin } = runner
  const loop: ClaimLoop = createClaimLoop({ ...shared, inFlight, begin })
  const prober: Prober = createProber({ ...shared, begin })

  async function readLanes(): Promise<void> {
    for (const { lane, dueAt } of await deliveries.lanes()) if (dueAt !== null) lanes.wake(lane, dueAt)
  }

  function drain(endpointId: EndpointId): void {
    pace.ramp(endpointId)
    wake(endpointId, clock.now())
  }

  function wake(lane: Lane, dueAt: number): void {
    lanes.wake(lane, dueAt)
    loop.pump()
  }

  function rest(until: number): void {
    prober.rest(until)
    loop.rest(until)
  }

  return {
    async start() {
      const recovered = await deliveries.recover({ owner, now: clock.now() })
      if (recovered.length > 0)
        log.info('Recovered attempts that an earlier run left in flight', { count: recovered.length })
      for (const delivery of recovered) publish({ delivery, movedOthers: 0, notification: null })
      await readLanes()
      loop.run()
      prober.start()
    },
    wake,
    drain,
    endpointChanged(endpointId) {
      if (deps.directory.endpoint(endpointId) === null) pace.forget(endpointId)
      else lanes.reopen(endpointId)
      prober.look(endpointId)
      loop.pump()
    },
    async refresh() {
      await readLanes()
      prober.refresh()
      loop.pump()
    },
    suspend: () => rest(Number.POSITIVE_INFINITY),
    resume: () => time.noteSleep(),
    inFlight,
    async stop(graceMs) {
      loop.stop()
      prober.stop()
      runner.refuse()
      const ended = settled(() => [...loop.pending(), ...prober.pending(), ...runner.pending()])
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
