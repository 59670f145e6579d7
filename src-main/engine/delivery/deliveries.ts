import { AppError } from '#shared/model/app-error.ts'
import type { Delivery, DeliveryState, Trigger } from '#shared/model/delivery.ts'
import { DeliveryId, type ProjectId } from '#shared/model/ids.ts'
import type { Change, DeliveriesApi } from '../engine.ts'
import type { Feed } from '../feed.ts'
import { readDeliveryFilter } from '../filter/read-filter.ts'
import type { Clock, DeliveryStore, EventStore } from '../ports.ts'
import type { Registry } from '../registry.ts'
import { endpointPaused, type RetryCheck } from './retry-check.ts'
import { plannedWaitsMs } from './retry-schedule.ts'

export interface DeliveriesDeps {
  store: DeliveryStore
  events: Pick<EventStore, 'get'>
  registry: Registry
  check: RetryCheck
  clock: Clock
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

export function createDeliveries(deps: DeliveriesDeps): DeliveriesApi {
  const { store, registry, clock, changes, check } = deps
  const { endpointOf, policyOf } = check

  function tell(delivery: Delivery): Delivery {
    changes.publish({ type: 'delivery.changed', projectId: delivery.projectId, delivery })
    return delivery
  }

  async function get(projectId: ProjectId, id: string): Promise<Delivery> {
    const parsed = DeliveryId.safeParse(id)
    const delivery = parsed.success ? await store.get(parsed.data) : null
    if (delivery?.projectId === projectId) return delivery
    throw new AppError('not_found', `There is no delivery “${id}” in this project.`)
  }

  async function checkRetryWindow(delivery: Delivery): Promise<void> {
    if (policyOf(delivery).manualRetryMs === null) return
    const found = await deps.events.get(delivery.eventId)
    if (found) check.window(delivery, found.event.receivedAt)
  }

  async function retry(delivery: Delivery): Promise<Delivery> {
    const plan = planRetry(delivery)
    check.target(delivery)
    if (plan.trigger === 'manual') await checkRetryWindow(delivery)
    const due = await store.bringForward({ deliveryId: delivery.id, ...plan, now: clock.now() })
    if (!due) throw notRetryable((await get(delivery.projectId, delivery.id)).state)
    deps.onScheduled([due])
    return tell(due)
  }

  return {
    get,
    readFilter: (projectId, text) => readDeliveryFilter(text, { registry, projectId, now: clock.now() }),
    retry,
    list: (query) => store.list(query),
    attempts: (delivery) => store.attempts(delivery.id),
    countByState: (projectId) => store.countByState(projectId),
    url(delivery) {
      const pinned = delivery.pinnedVersionId && registry.pinnedVersions.get(delivery.pinnedVersionId)
      const version = pinned || endpointOf(delivery)?.version
      return delivery.targetUrl ?? version?.config.url ?? ''
    },

    forecast(delivery) {
      if (delivery.dueAt === null) return []
      const scale = registry.projects.get(delivery.projectId)?.timeScale ?? 1
      const times = [delivery.dueAt]
      // The attempt that is due is a try already, so what follows it are the waits after one more.
      for (const waitMs of plannedWaitsMs(policyOf(delivery).schedule, delivery.tries + 1)) {
        times.push(times.at(-1)! + waitMs / scale)
      }
      return times.map(Math.round)
    },

    async cancel(delivery) {
      const canceled = await store.cancel({ deliveryId: delivery.id, now: clock.now() })
      if (canceled) return tell(canceled)
      throw new AppError('delivery_not_cancelable', `A delivery that is ${delivery.state} cannot be canceled.`, {
        hint: 'Only scheduled and held ones can.',
      })
    },
  }
}

/** What a retry does from each state: bring the next attempt forward, or try once more by hand. */
function planRetry({ state, nextTrigger, endpointId }: Delivery): { from: readonly DeliveryState[]; trigger: Trigger } {
  switch (state) {
    case 'scheduled':
      return { from: ['scheduled'], trigger: nextTrigger }
    case 'failed':
    case 'simulated':
      return { from: ['failed', 'simulated'], trigger: 'manual' }
    case 'held':
      // No endpoint holds it: a restore did, and a person may let it go.
      if (endpointId === null) return { from: ['held'], trigger: nextTrigger }
      throw notRetryable(state)
    case 'delivering':
    case 'succeeded':
    case 'canceled':
      throw notRetryable(state)
  }
}

function notRetryable(state: DeliveryState): AppError {
  if (state === 'held') return endpointPaused()
  return new AppError('delivery_not_retryable', `A delivery that is ${state} cannot be retried.`, {
    hint: 'Replay the event instead: that makes a new delivery.',
  })
}
