import type { Delivery } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { addCounts, NOTHING_SWEPT, type SweepCounts } from '#shared/model/retention.ts'
import type { RetentionStore, SweepStep } from '#main/engine/ports.ts'
import { isBefore, placedEvents } from '../placed-events.ts'
import type { MemoryState } from '../state.ts'
import { deleteEvent, deliveriesOf, weightOf } from './delete-event.ts'
import { forgetHistory } from './forget-history.ts'
import { abandon, deleteProject } from './delete-project.ts'

const WAITING: readonly Delivery['state'][] = ['scheduled', 'held']

export function createRetentionStore(state: MemoryState): RetentionStore {
  return {
    async weigh({ projectId, from, limit }) {
      const found = placedEvents(state, projectId).filter(({ place }) => from === null || isBefore(place, from))
      return found
        .toReversed()
        .slice(0, limit)
        .map(({ event, place }) => ({ place, bytes: weightOf(state, event) }))
    },

    async sweep(step) {
      const found = placedEvents(state, step.projectId)
        .filter(({ place }) => isBefore(place, step.before) && (step.after === null || isBefore(step.after, place)))
        .slice(0, step.limit)
      let counts = NOTHING_SWEPT
      for (const { event, place } of found) {
        counts = addCounts(counts, takeOne(state, event, step))
        if (counts.bytes >= step.maxBytes) return { counts, next: place }
      }
      return { counts, next: found.length === step.limit ? (found.at(-1)?.place ?? null) : null }
    },

    async deleteEvent(eventId) {
      const event = state.events.get(eventId)
      if (!event || deliveriesOf(state, eventId).some(({ state: name }) => name === 'delivering')) return null
      return deleteEvent(state, event)
    },

    forgetHistory: async (step) => forgetHistory(state, step),
    abandon: async (step) => abandon(state, step),
    deleteProject: async (projectId) => deleteProject(state, projectId),
    giveBack: async () => 0,
    emptyLog: async () => {},
  }
}

function takeOne(state: MemoryState, event: EventRecord, step: SweepStep): SweepCounts {
  const deliveries = deliveriesOf(state, event.id)
  const waiting = deliveries.filter((delivery) => WAITING.includes(delivery.state))
  const isUnderWay = deliveries.some((delivery) => delivery.state === 'delivering')
  if (isUnderWay || (waiting.length > 0 && step.undelivered === 'keep')) return { ...NOTHING_SWEPT, kept: 1 }
  if (waiting.length > 0) {
    if (!step.dryRun) for (const delivery of waiting) expire(state, delivery, step.now)
    return { ...NOTHING_SWEPT, expired: waiting.length }
  }
  const isLately = deliveries.some((it) => it.lastFailure === 'expired' && it.updatedAt > step.seenUntil)
  if (isLately) return NOTHING_SWEPT
  if (!step.dryRun) return deleteEvent(state, event)
  const attempts = deliveries.reduce((sum, { id }) => sum + (state.attempts.get(id)?.length ?? 0), 0)
  return { ...NOTHING_SWEPT, events: 1, deliveries: deliveries.length, attempts, bytes: weightOf(state, event) }
}

function expire(state: MemoryState, delivery: Delivery, now: number): void {
  const stored = state.deliveries.get(delivery.id)
  if (!stored) return
  stored.delivery = { ...delivery, state: 'canceled', dueAt: null, lastFailure: 'expired', updatedAt: now }
}
