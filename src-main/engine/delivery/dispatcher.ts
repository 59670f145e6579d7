import type { Delivery } from '#shared/model/delivery.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import type { ClaimedDelivery, ClaimStep, Concluded, Lane } from '../ports/delivery-store.ts'
import type { Clock } from '../ports/system.ts'
import { freeSlots } from './breaker.ts'
import { concludeAttempt } from './dispatch/conclude-attempt.ts'
import type { DispatcherDeps } from './dispatch/deps.ts'
import { destinationOf } from './dispatch/destination.ts'
import { createDueClock } from './dispatch/due-clock.ts'
import { createLaneTable, type RoomOf } from './dispatch/lane-table.ts'
import { runAttempt } from './dispatch/run-attempt.ts'
import { createPatience } from './dispatch/store-patience.ts'
import { TARGET_POLICY } from './policies.ts'

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

/** Attempts that run at one moment over all lanes, beside those that each endpoint is sure of. */
const IN_FLIGHT_LIMIT = 256
/** Attempts that each endpoint may run however many others are busy, so that dead ones never block it. */
const SURE_PER_ENDPOINT = 4
/** How long it may wait without a look at the clock, which can leap while a machine sleeps. */
const LONGEST_WAIT_MS = 30_000
/** Before a lane is asked again that said it had work and gave none. */
const EMPTY_CLAIM_PAUSE_MS = 1_000

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { deliveries, clock, ids, log, directory, publish } = deps
  const owner = Array.from(deps.random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const dueNow = createDueClock(clock)
  const lanes = createLaneTable()
  const running = new Map<AbortController, Promise<void>>()
  const cut = new AbortController()
  const patiently = createPatience({ clock, log, signal: cut.signal })
  const attemptDeps = { ...deps, patiently, dueNow }
  let state: 'new' | 'running' | 'stopped' = 'new'
  let claiming: Promise<void> | null = null
  let disarm = (): void => {}

  const roomOf: RoomOf = (lane, inFlight) => {
    if (!isEndpointLane(lane)) return { sure: 0, more: freeSlots(TARGET_POLICY, 0, inFlight) }
    const endpoint = directory.endpoint(lane)
    if (endpoint?.state !== 'active') return null
    const free = freeSlots(endpoint.version.config.policy, endpoint.consecutiveFailures, inFlight)
    const sure = Math.min(free, Math.max(0, SURE_PER_ENDPOINT - inFlight))
    return { sure, more: free - sure }
  }

  /** Claims while anything is due and has room; then waits for the next due time. */
  function pump(): void {
    if (state !== 'running' || claiming) return
    disarm()
    claiming = claimAll().finally(() => {
      claiming = null
      arm()
    })
  }

  async function claimAll(): Promise<void> {
    while (state === 'running') {
      const wanted = lanes.choose(dueNow(), IN_FLIGHT_LIMIT - running.size, roomOf)
      if (wanted.length === 0) return
      try {
        await claim(wanted)
      } catch (error) {
        for (const { lane } of wanted) lanes.wake(lane, dueNow() + EMPTY_CLAIM_PAUSE_MS)
        if (state === 'running') log.error('Due deliveries could not be claimed', { error: String(error) })
      }
    }
  }

  async function claim(wanted: ClaimStep['lanes']): Promise<void> {
    const now = dueNow()
    const { claimed, lanes: after } = await patiently(() =>
      deliveries.claimDue({ now, owner, lanes: wanted, nextAttemptId: () => ids.next('att') }),
    )
    const served = new Set(claimed.map(({ delivery }) => laneOf(delivery)))
    for (const { lane, dueAt } of after) {
      if (dueAt === null) continue
      lanes.wake(lane, served.has(lane) ? dueAt : Math.max(dueAt, now + EMPTY_CLAIM_PAUSE_MS))
    }
    for (const one of claimed) begin(one)
  }

  function begin(claimed: ClaimedDelivery): void {
    const controller = new AbortController()
    const lane = laneOf(claimed.delivery)
    lanes.began(lane)
    const run = attempt(claimed, controller.signal)
      .catch((error: unknown) =>
        log.error('An attempt could not be stored', { deliveryId: claimed.delivery.id, error: String(error) }),
      )
      .finally(() => {
        running.delete(controller)
        lanes.ended(lane)
        pump()
      })
    running.set(controller, run)
  }

  async function attempt(claimed: ClaimedDelivery, signal: AbortSignal): Promise<void> {
    const destination = state === 'running' ? destinationOf(claimed.delivery, directory) : null
    if (!destination) return giveBack(claimed)
    publish({ delivery: claimed.delivery, heldOthers: 0 })
    const end = await runAttempt({ claimed, destination, signal }, attemptDeps)
    if (end === 'interrupted') return
    if (end === 'withdrawn') return giveBack(claimed)
    const concluded = await concludeAttempt({ claimed, destination, end }, attemptDeps)
    tell(concluded)
  }

  async function giveBack({ delivery: { id } }: ClaimedDelivery): Promise<void> {
    await patiently(() => deliveries.release({ deliveryId: id, now: clock.now() }))
    const delivery = await deliveries.get(id)
    if (delivery) tell({ delivery, heldOthers: 0 })
  }

  function tell(change: Concluded): void {
    const { delivery } = change
    if (delivery.state === 'scheduled' && delivery.dueAt !== null) lanes.wake(laneOf(delivery), delivery.dueAt)
    publish(change)
  }

  function arm(): void {
    disarm()
    if (state !== 'running') return
    const dueAt = lanes.nextDueAt(IN_FLIGHT_LIMIT - running.size, roomOf)
    if (dueAt !== null) disarm = clock.after(Math.min(Math.max(0, dueAt - dueNow()), LONGEST_WAIT_MS), pump)
  }

  async function refresh(): Promise<void> {
    for (const { lane, dueAt } of await deliveries.lanes()) if (dueAt !== null) lanes.wake(lane, dueAt)
    pump()
  }

  return {
    async start() {
      const recovered = await deliveries.recover({ owner, now: clock.now() })
      if (recovered.length > 0)
        log.info('Recovered attempts that an earlier run left in flight', { count: recovered.length })
      for (const delivery of recovered) publish({ delivery, heldOthers: 0 })
      state = 'running'
      await refresh()
    },
    wake(lane, dueAt) {
      lanes.wake(lane, dueAt)
      pump()
    },
    refresh,
    inFlight: () => running.size,
    async stop(graceMs) {
      state = 'stopped'
      disarm()
      const ended = settled(() => [claiming, ...running.values()])
      if (graceMs > 0) await Promise.race([ended, elapsed(clock, graceMs, ended)])
      cut.abort()
      for (const controller of running.keys()) controller.abort()
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
async function settled(pending: () => readonly (Promise<void> | null)[]): Promise<void> {
  for (let left = pending(); left.some((one) => one !== null); left = pending()) await Promise.allSettled(left)
}

function laneOf({ id, endpointId }: Delivery): Lane {
  return endpointId ?? id
}

function isEndpointLane(lane: Lane): lane is EndpointId {
  return lane.startsWith('end_')
}
