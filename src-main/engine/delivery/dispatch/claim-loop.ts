import type { ClaimedDelivery, ClaimStep } from '../../ports/delivery-store.ts'
import type { DispatcherDeps } from './deps.ts'
import type { LaneTable } from './lane-table.ts'
import { laneOf, roomIn } from './room.ts'
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
  stop(): void
  /** The claim under way, if any. */
  pending(): readonly Promise<void>[]
}

type LoopDeps = Pick<DispatcherDeps, 'deliveries' | 'clock' | 'ids' | 'log' | 'directory'> & {
  owner: string
  lanes: LaneTable
  patiently: Patiently
  dueNow: () => number
  inFlight(): number
  begin(claimed: ClaimedDelivery): void
}

export function createClaimLoop({ deliveries, clock, ids, log, directory, ...rest }: LoopDeps): ClaimLoop {
  const { owner, lanes, patiently, dueNow, begin } = rest
  const roomOf = roomIn(directory)
  const budget = (): number => IN_FLIGHT_LIMIT - rest.inFlight()
  let running = false
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
      const wanted = lanes.choose(dueNow(), budget(), roomOf)
      if (wanted.length === 0) return
      try {
        await claim(wanted)
      } catch (error) {
        for (const { lane } of wanted) lanes.wake(lane, dueNow() + EMPTY_CLAIM_PAUSE_MS)
        if (running) log.error('Due deliveries could not be claimed', { error: String(error) })
      }
    }
  }

  async function claim(wanted: ClaimStep['lanes']): Promise<void> {
    const now = dueNow()
    const step: ClaimStep = { now, owner, lanes: wanted, nextAttemptId: () => ids.next('att') }
    const { claimed, lanes: after } = await patiently(() => deliveries.claimDue(step))
    const served = new Set(claimed.map(({ delivery }) => laneOf(delivery)))
    for (const { lane, dueAt } of after) {
      if (dueAt !== null) lanes.wake(lane, served.has(lane) ? dueAt : Math.max(dueAt, now + EMPTY_CLAIM_PAUSE_MS))
    }
    for (const one of claimed) begin(one)
  }

  function arm(): void {
    disarm()
    if (!running) return
    const dueAt = lanes.nextDueAt(budget(), roomOf)
    if (dueAt === null) return
    disarm = clock.after(Math.min(Math.max(0, dueAt - dueNow()), LONGEST_WAIT_MS), pump)
  }

  return {
    run() {
      running = true
      pump()
    },
    pump,
    stop() {
      running = false
      disarm()
    },
    pending: () => (claiming ? [claiming] : []),
  }
}
