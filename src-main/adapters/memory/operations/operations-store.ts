import type { EndpointId } from '#shared/model/ids.ts'
import type { LogEntry, OperationsStore, VersionMark } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

const HOUR_MS = 3_600_000

export function createOperationsStore(state: MemoryState): OperationsStore {
  const markOf = (versionId: VersionMark['versionId']): VersionMark =>
    state.marks.get(versionId) ?? { versionId, test: null, review: null }

  return {
    marks: async (endpointId) =>
      versionsOf(state, endpointId).flatMap(({ id }) => (state.marks.has(id) ? [markOf(id)] : [])),

    async noteTest({ versionId, ...test }) {
      state.marks.set(versionId, { ...markOf(versionId), test })
    },

    async noteReview({ endpointId, ...review }) {
      const open = versionsOf(state, endpointId).filter(({ id }) => markOf(id).review === null)
      for (const { id } of open) state.marks.set(id, { ...markOf(id), review })
      return open.length
    },

    async log({ endpointId, limit, offset }) {
      const entries = logOf(state, endpointId)
      return { items: entries.slice(offset, offset + limit), total: entries.length }
    },

    countFlagged: async (endpointId) => logOf(state, endpointId).filter(({ flagged }) => flagged).length,
    lastSent: async (endpointId) => logOf(state, endpointId).find(wasSent) ?? null,

    async suppression({ projectId, endpointId, since, most, without }) {
      const recent = [...state.events.values()]
        .filter((event) => event.projectId === projectId && event.receivedAt >= since)
        .filter(({ capture, origin }) => capture === 'complete' && origin !== 'triggered')
        .filter(({ type }) => !without.includes(type))
        .toSorted((a, b) => b.receivedAt - a.receivedAt)
        .slice(0, most)
      const taken = new Set(
        [...state.deliveries.values()].flatMap(({ delivery }) =>
          delivery.endpointId === endpointId ? [delivery.eventId] : [],
        ),
      )
      const counts = new Map<string, number>()
      for (const { id, type } of recent) if (!taken.has(id)) counts.set(type, (counts.get(type) ?? 0) + 1)
      const suppressed = [...counts].map(([type, count]) => ({ type, count }))
      return {
        seen: recent.length,
        suppressed: suppressed.toSorted((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1)),
      }
    },
  }
}

function versionsOf(state: MemoryState, endpointId: EndpointId) {
  return [...state.versions.values()]
    .filter((version) => version.endpointId === endpointId)
    .toSorted((a, b) => b.number - a.number)
}

function logOf(state: MemoryState, endpointId: EndpointId): LogEntry[] {
  return [...state.attempts.values()]
    .flat()
    .filter((attempt) => attempt.endpointId === endpointId)
    .toSorted((a, b) => b.finishedAt - a.finishedAt)
    .map(({ response, ...attempt }) => ({
      ...attempt,
      eventType: state.events.get(attempt.eventId)?.type ?? '',
      status: response?.status ?? null,
      flagged: isFlagged(state, attempt),
    }))
}

function isFlagged(
  state: MemoryState,
  { endpointVersionId, startedAt }: Pick<LogEntry, 'endpointVersionId' | 'startedAt'>,
): boolean {
  const version = endpointVersionId === null ? undefined : state.versions.get(endpointVersionId)
  if (!version || (state.marks.get(version.id)?.review ?? null) !== null) return false
  return startedAt < version.createdAt + version.config.watchHours * HOUR_MS
}

function wasSent({ outcome, failure }: LogEntry): boolean {
  return (outcome === 'succeeded' || outcome === 'failed') && failure?.phase !== 'build'
}
