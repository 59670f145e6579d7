import { sumCounts } from '#shared/model/counts.ts'
import type { Delivery, DeliveryState } from '#shared/model/delivery.ts'
import type { Replay, ReplayProgress } from '#shared/model/replay.ts'
import type { ReplayStep, ReplayStore, ReplayWithProgress } from '#main/engine/ports.ts'
import { appendEvent } from '../events/append-event.ts'
import { newestFirst } from '../newest-first.ts'
import { addDeliveries } from '../deliveries/settle-delivery.ts'
import type { MemoryState } from '../state.ts'
import { candidates } from './candidates.ts'
import { troubles } from './troubles.ts'

const WAITING: readonly DeliveryState[] = ['scheduled', 'held']

export function createReplayStore(state: MemoryState): ReplayStore {
  const withProgress = (replay: Replay): ReplayWithProgress => ({ replay, progress: progressOf(state, replay) })
  const replayOf = (id: Replay['id']) => state.replays.get(id)?.replay ?? null
  const save = (replay: Replay) => void state.replays.set(replay.id, { ...state.replays.get(replay.id)!, replay })
  const get = (id: Replay['id']) => {
    const replay = replayOf(id)
    return replay ? withProgress(replay) : null
  }

  return {
    async create(replay, first, edited) {
      if (edited) appendEvent(state, edited)
      const stored = addDeliveries(state, first)
      const left = first.length - stored.length
      const kept = { ...replay, made: replay.made - left, total: replay.total - left }
      state.replays.set(replay.id, { replay: left > 0 ? kept : replay, place: null, collected: [] })
      return stored
    },

    candidates: async (query) => candidates(state, query),
    target: async (replayId) => replayOf(replayId)?.target ?? null,
    troubles: async (query) => troubles(state, query),
    placeOf: async (replayId) => state.replays.get(replayId)?.place ?? null,
    advance: async (step) => advance(state, step),

    isCrowded: async ({ replayId, lanes, most }) =>
      lanes.every(
        (lane) =>
          deliveriesOf(state, replayId).filter(
            ({ endpointId, attempts, state: name }) => endpointId === lane && attempts === 0 && name === 'scheduled',
          ).length >= most,
      ),

    async move({ replayId, from, to, now }) {
      const replay = replayOf(replayId)
      if (!replay || !from.includes(replay.state)) return null
      const isOver = to === 'finished' || to === 'canceled'
      const total = to === 'finished' ? replay.made : replay.total
      save({ ...replay, state: to, total, finishedAt: isOver ? (replay.finishedAt ?? now) : null })
      return get(replayId)
    },

    async forgetCollected({ replayId, limit }) {
      const stored = state.replays.get(replayId)
      if (!stored) return 0
      state.replays.set(replayId, { ...stored, collected: stored.collected.slice(limit) })
      return Math.min(limit, stored.collected.length)
    },

    async cancelWaiting({ replayId, now, limit }) {
      const waiting = deliveriesOf(state, replayId).filter(({ state: name }) => WAITING.includes(name))
      for (const delivery of waiting.slice(0, limit)) cancel(state, delivery, now)
      return Math.min(waiting.length, limit)
    },

    get: async (replayId) => get(replayId),
    running: async () =>
      [...state.replays.values()].map(({ replay }) => replay).filter(({ state: name }) => name === 'running'),

    async list(query) {
      const all = [...state.replays.values()].map(({ replay }) => replay)
      const found = all.filter(({ projectId }) => projectId === query.projectId)
      const page = newestFirst(found, { id: ({ id }) => id, at: ({ createdAt }) => createdAt }, query)
      return { ...page, items: page.items.map(withProgress) }
    },
  }
}

function deliveriesOf(state: MemoryState, replayId: Replay['id']): Delivery[] {
  return [...state.deliveries.values()].map(({ delivery }) => delivery).filter((each) => each.replayId === replayId)
}

function cancel(state: MemoryState, delivery: Delivery, now: number): Delivery {
  const canceled = { ...delivery, state: 'canceled', dueAt: null, updatedAt: now } as const
  state.deliveries.get(delivery.id)!.delivery = canceled
  return canceled
}

function advance(state: MemoryState, step: ReplayStep): Awaited<ReturnType<ReplayStore['advance']>> {
  const stored = state.replays.get(step.replayId)
  if (stored?.replay.state !== 'running') return null
  const canceled = step.deliveries.flatMap(({ insteadOf }) => {
    const held = insteadOf === null ? undefined : state.deliveries.get(insteadOf)?.delivery
    return held && WAITING.includes(held.state) ? [cancel(state, held, step.now)] : []
  })
  const deliveries = addDeliveries(
    state,
    step.deliveries.map(({ delivery }) => delivery),
  )
  const before = stored.replay
  const replay: Replay = {
    ...before,
    isCounted: step.isCounted,
    total: before.total + step.counted,
    made: before.made + deliveries.length,
    leftOut: sumCounts(before.leftOut, step.leftOut),
  }
  state.replays.set(replay.id, { replay, place: step.place, collected: [...stored.collected, ...step.collected] })
  return { replay, deliveries, canceled }
}

function progressOf(state: MemoryState, { id, total, made, state: name }: Replay): ReplayProgress {
  const states = deliveriesOf(state, id).map((delivery) => delivery.state)
  const count = (...wanted: readonly DeliveryState[]) => states.filter((each) => wanted.includes(each)).length
  const waiting = count('scheduled', 'held', 'delivering')
  return {
    total,
    done: made - waiting,
    succeeded: count('succeeded'),
    failed: count('failed'),
    canceled: count('canceled'),
    simulated: count('simulated'),
    waiting,
    held: count('held'),
    state: name === 'finished' && waiting > 0 ? 'running' : name,
  }
}
