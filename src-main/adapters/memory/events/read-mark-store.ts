import type { ReadMarkStore } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

export function createReadMarkStore(state: MemoryState): ReadMarkStore {
  return {
    mark: async ({ projectId, eventIds, isRead }) =>
      eventIds.filter((id) => {
        if (state.events.get(id)?.projectId !== projectId || state.read.has(id) === isRead) return false
        if (isRead) state.read.add(id)
        else state.read.delete(id)
        return true
      }),

    async markAll(projectId) {
      for (const [id, event] of state.events) if (event.projectId === projectId) state.read.add(id)
    },

    async countUnread({ projectId, among, most }) {
      const latest = [...state.events.values()].filter((event) => event.projectId === projectId).slice(-among)
      return Math.min(most, latest.filter(({ id }) => !state.read.has(id)).length)
    },
  }
}
