import type { Delivery } from '#shared/model/delivery.ts'
import type { ClaimedDelivery, Concluded, Lane } from '../../ports/delivery-store.ts'
import { concludeAttempt } from './conclude-attempt.ts'
import type { DispatcherDeps } from './deps.ts'
import { destinationOf } from './destination.ts'
import { laneOf } from './room.ts'
import { runAttempt } from './run-attempt.ts'
import type { Patiently } from './store-patience.ts'

/** Sees claimed deliveries through: sent and concluded, given back, or left to the next run where they are cut. */
export interface AttemptRunner {
  begin(claimed: ClaimedDelivery): void
  inFlight(): number
  pending(): readonly Promise<void>[]
  /** Gives back what is begun from now on. */
  refuse(): void
  /** Aborts every send under way. */
  cut(): void
}

type RunnerDeps = DispatcherDeps & {
  patiently: Patiently
  dueNow: () => number
  /** A delivery is due at `dueAt`, again or for its next try. */
  onScheduled(lane: Lane, dueAt: number): void
  onBegan(lane: Lane): void
  onEnded(lane: Lane): void
}

export function createAttemptRunner(deps: RunnerDeps): AttemptRunner {
  const { deliveries, clock, log, directory, patiently, publish } = deps
  const running = new Map<AbortController, Promise<void>>()
  let refusing = false

  async function attempt(claimed: ClaimedDelivery, signal: AbortSignal): Promise<void> {
    const destination = refusing ? null : destinationOf(claimed.delivery, directory)
    if (!destination) return giveBack(claimed)
    publish({ delivery: claimed.delivery, heldOthers: 0 })
    const end = await runAttempt({ claimed, destination, signal }, deps)
    if (end === 'interrupted') return
    if (end === 'withdrawn') return giveBack(claimed)
    tell(await concludeAttempt({ claimed, destination, end }, deps))
  }

  async function giveBack({ delivery: { id } }: ClaimedDelivery): Promise<void> {
    await patiently(() => deliveries.release({ deliveryId: id, now: clock.now() }))
    const delivery: Delivery | null = await deliveries.get(id)
    if (delivery) tell({ delivery, heldOthers: 0 })
  }

  function tell(change: Concluded): void {
    const { delivery } = change
    if (delivery.state === 'scheduled' && delivery.dueAt !== null) deps.onScheduled(laneOf(delivery), delivery.dueAt)
    publish(change)
  }

  return {
    begin(claimed) {
      const controller = new AbortController()
      const lane = laneOf(claimed.delivery)
      deps.onBegan(lane)
      const run = attempt(claimed, controller.signal)
        .catch((error: unknown) => {
          log.error('An attempt could not be stored', { deliveryId: claimed.delivery.id, error: String(error) })
          // What the store really holds is not known: the next claim tells.
          deps.onScheduled(lane, deps.dueNow())
        })
        .finally(() => {
          running.delete(controller)
          deps.onEnded(lane)
        })
      running.set(controller, run)
    },
    inFlight: () => running.size,
    pending: () => [...running.values()],
    refuse() {
      refusing = true
    },
    cut() {
      for (const controller of running.keys()) controller.abort()
    },
  }
}
