import type { ClaimedDelivery, ClaimStep } from '../../ports/delivery-store.ts'
import type { DispatcherDeps } from './deps.ts'
import type { LaneTable } from './lanes/lane-table.ts'
import type { Pace } from './lanes/pace.ts'
import { isEndpointLane, laneOf, rateOf, roomIn } from './lanes/room.ts'
import type { Patiently } from './store-patience.ts'

/** Attempts that run at one moment over all lanes, beside those that each endpoint is sure of. */
const IN_FLIGHT_LIMIT = 256
/** How long it may wait without a look at the clock, which can leap while a machine sleeps. */
const LONGEST_WAIT_MS = 30_000
/** Before a lane is asked again that said it had work and gave none. */
const EMPTY_CLAIM_PAUSE_MS = 1_000

export interface ClaimLoop {
  run(): void
  /** Claims whatever is due and has room, then waits for the next due time. Does nothing before `run` and after `stop`. */
  pump(): void
  /** Claims nothing before this monotonic time. */
  rest(until: number): void
  stop(): void
  /** The claim under way, if any. */
  pending(): readonly Promise<void>[]
}

type LoopDeps = Pick<DispatcherDeps, 'deliveries' | 'clock' | 'ids' | 'log' | 'directory'> & {
  owner: string
  lanes: LaneTable
  pace: Pace
  patiently: Patiently
  inFlight(): number
  begin(claimed: ClaimedDelivery): void
  followClock(): Promise<void>
}

export function createClaimLoop({ deliveries, clock, ids, log, directory, ...rest }: LoopDeps): ClaimLoop {
  const { owner, lanes, pace, patiently, begin } = rest
  const roomOf = roomIn(directory, pace)
  const budget = (): number => IN_FLIGHT_LIMIT - rest.inFlight()
  const restLeft = (): number => restsUntil - clock.monotonic()
  let running = false
  let restsUntil = -Infinity
  let claiming: Promise<void> | null = null
  let disarm = (): void => {}

  function pump(): void {
    if (!running || claiming) return
    disarm()
    claiming = claimAll().finally(() => {
      claiming = null
      arm()
    })
  }

  async function claimAll(): Promise<void> {
    while (running) {
      // Attempts that one commit concluded end in the same turn: one claim fills all their places.
      await Promise.resolve()
      await rest.followClock()
      if (restLeft() > 0) return
      const wanted = lanes.choose(clock.now(), budget(), roomOf)
      if (wanted.length === 0) return
      try {
        await claim(wanted)
      } catch (error) {
        for (const { lane } of wanted) lanes.wake(lane, clock.now() + EMPTY_CLAIM_PAUSE_MS)
        if (running) log.error('Due deliveries could not be claimed', { error: String(error) })
      }
    }
  }

  async function claim(wanted: ClaimStep['lanes']): Promise<void> {
    const now = clock.now()
    const step: ClaimStep = { now, owner, lanes: wanted, nextAttemptId: () => ids.next('att') }
    const { claimed, lanes: after } = await patiently(() => deliveries.claimDue(step))
    const served = Map.groupBy(claimed, ({ delivery }) => laneOf(delivery))
    for (const [lane, { length }] of served) {
      const endpoint = isEndpointLane(lane) ? directory.endpoint(lane) : null
      if (endpoint) pace.took(lane, length, rateOf(endpoint))
    }
    for (const { lane, dueAt } of after) {
      if (dueAt !== null) lanes.wake(lane, served.has(lane) ? dueAt : Math.max(dueAt, now + EMPTY_CLAIM_PAUSE_MS))
    }
    for (const one of claimed) begin(one)
  }

  function arm(): void {
    disarm()
    if (!running) return
    const nextMs = lanes.nextIn(clock.now(), roomOf)
    if (nextMs === null) return
    disarm = clock.after(Math.min(Math.max(nextMs, restLeft()), LONGEST_WAIT_MS), pump)
  }

  return {
    run() {
      running = true
      pump()
    },
    pump,
    rest(until) {
      restsUntil = until
      pump()
    },
    stop() {
      running = false
      disarm()
    },
    pending: () => (claiming ? [claiming] : []),
  }
}
