import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import type { ClaimedDelivery, Lane } from '../../ports/delivery-store.ts'
import { concludeAttempt } from './conclude-attempt.ts'
import type { DeliveryChange, DispatcherDeps } from './deps.ts'
import { destinationOf } from './destination.ts'
import { laneOf } from './lanes/room.ts'
import { runAttempt } from './run-attempt.ts'
import type { Patiently } from './store-patience.ts'
import type { TimeWatch } from './clock/time-watch.ts'

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
  time: Pick<TimeWatch, 'sleeps'>
  followClock(): Promise<void>
  /** A delivery is due at `dueAt`, again or for its next try. */
  onScheduled(lane: Lane, dueAt: number): void
  onBegan(lane: Lane): void
  /** After all that it did was told. */
  onEnded(claimed: ClaimedDelivery): void
  onOpened(endpoint: Endpoint): void
  /** A probe found the endpoint well again: what was held is due. */
  onReleased(endpointId: EndpointId): void
}

export function createAttemptRunner(deps: RunnerDeps): AttemptRunner {
  const { deliveries, clock, log, directory, patiently, publish } = deps
  const running = new Set<Promise<void>>()
  /** One for all: they are cut together. */
  const cutting = new AbortController()
  const { signal } = cutting
  let refusing = false

  async function attempt(claimed: ClaimedDelivery): Promise<void> {
    const { delivery, trigger } = claimed
    const destination = refusing ? null : destinationOf(claimed, directory)
    if (!destination) return giveBack(claimed)
    publish({ delivery, movedOthers: 0, notification: null })
    const end = await runAttempt({ claimed, destination, signal }, deps)
    if (end === 'interrupted') return
    if (end === 'withdrawn') return giveBack(claimed)
    tell(await concludeAttempt({ claimed, destination, end }, deps))
    const passed = trigger === 'probe' && delivery.endpointId && directory.endpoint(delivery.endpointId)
    if (passed && passed.state === 'active') deps.onReleased(passed.id)
  }

  async function giveBack({ delivery: { id } }: ClaimedDelivery): Promise<void> {
    await patiently(() => deliveries.release({ deliveryId: id, now: clock.now() }))
    const delivery: Delivery | null = await deliveries.get(id)
    if (delivery) tell({ delivery, movedOthers: 0, notification: null })
  }

  function tell(change: DeliveryChange): void {
    for (const delivery of [change.delivery, ...(change.notification?.deliveries ?? [])]) {
      if (delivery.state === 'scheduled' && delivery.dueAt !== null) deps.onScheduled(laneOf(delivery), delivery.dueAt)
    }
    publish(change)
  }

  return {
    begin(claimed) {
      const lane = laneOf(claimed.delivery)
      deps.onBegan(lane)
      const run = attempt(claimed)
        .catch((error: unknown) => {
          log.error('An attempt could not be stored', { deliveryId: claimed.delivery.id, error: String(error) })
          // What the store really holds is not known: the next claim tells.
          deps.onScheduled(lane, clock.now())
        })
        .finally(() => {
          running.delete(run)
          deps.onEnded(claimed)
        })
      running.add(run)
    },
    inFlight: () => running.size,
    pending: () => [...running],
    refuse() {
      refusing = true
    },
    cut: () => cutting.abort(),
  }
}
