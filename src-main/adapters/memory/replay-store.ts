import type { DeliveryState } from '#shared/model/delivery.ts'
import type { Replay, ReplayProgress } from '#shared/model/replay.ts'
import type { ReplayStore, ReplayWithProgress } from '#main/engine/ports.ts'
import { newestFirst } from './newest-first.ts'
import { addDeliveries } from './deliveries/settle-delivery.ts'
import type { MemoryState } from './state.ts'

const WAITING: readonly DeliveryState[] = ['scheduled', 'held']
const FINAL: readonly DeliveryState[] = ['succeeded', 'failed', 'canceled', 'simulated']

export function createReplayStore(state: MemoryState): ReplayStore {
  const withProgress = (replay: Replay): ReplayWithProgress => ({ replay, progress: progressOf(state, replay) })

  return {
    async create(replay, deliveries) {
      const stored = addDeliveries(state, deliveries)
      state.replays.set(replay.id, replay)
      return stored
    },

    async cancel({ replayId, now }) {
      let canceled = 0
      for (const stored of state.deliveries.values()) {
        const { delivery } = stored
        if (delivery.replayId !== replayId || !WAITING.includes(delivery.state)) continue
        stored.delivery = { ...delivery, state: 'canceled', dueAt: null, updatedAt: now }
        canceled++
      }
      return canceled
    },

    async get(replayId) {
      const replay = state.replays.get(replayId)
      return replay ? withProgress(replay) : null
    },

    async list(query) {
      const found = [...state.replays.values()].filter(({ projectId }) => projectId === query.projectId)
      const page = newestFirst(found, { id: ({ id }) => id, at: ({ createdAt }) => createdAt }, query)
      return { ...page, items: page.items.map(withProgress) }
    },
  }
}

function progressOf(state: MemoryState, replay: Replay): ReplayProgress {
  const states = [...state.deliveries.values()]
    .filter(({ delivery }) => delivery.replayId === replay.id)
    .map(({ delivery }) => delivery.state)
  const done = states.filter((name) => FINAL.includes(name)).length
  const failed = states.filter((name) => name === 'failed').length
  return { total: states.length, done, failed, state: done === states.length ? 'finished' : 'running' }
}
