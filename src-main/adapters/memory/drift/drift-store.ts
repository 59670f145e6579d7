import type { EventId } from '#shared/model/ids.ts'
import type { DriftStore } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

export function createDriftStore(state: MemoryState): DriftStore {
  const marks = new Map<EventId, number>()
  let reached: string | null = null
  const all = () => [...state.events.values()]

  return {
    async next({ after, limit }) {
      if (after === null) return { events: [], position: all().at(-1)?.id ?? '' }
      // Ids sort by their time, and events are kept in the order in which they came.
      const events = all().filter(({ id }) => id > after)
      const page = events.slice(0, limit)
      return { events: page, position: page.at(-1)?.id ?? after }
    },
    position: async () => reached,
    async keep({ judgements, position }) {
      for (const { eventId, breaks } of judgements) {
        if (breaks > 0 && state.events.has(eventId)) marks.set(eventId, breaks)
        else marks.delete(eventId)
      }
      reached = position ?? reached
    },
    async marksOf(eventIds) {
      return new Map(eventIds.flatMap((id) => (marks.has(id) && state.events.has(id) ? [[id, marks.get(id)!]] : [])))
    },
    async ofType({ projectId, type, limit }) {
      const events = all().filter((event) => event.projectId === projectId && event.type === type)
      const marked = events.filter(({ id }) => marks.has(id)).slice(-limit)
      return [...new Set([...marked.toReversed(), ...events.slice(-limit).toReversed()])]
    },
  }
}
