import type { EventId, SourceId } from '#shared/model/ids.ts'
import type { Outcome } from '#shared/model/link/outcome.ts'
import type { LinkStore } from '#main/engine/ports.ts'
import { deliveriesOf } from '../retention/delete-event.ts'
import type { MemoryState } from '../state.ts'

const OVER = new Set(['succeeded', 'failed', 'canceled', 'simulated'])

export function createLinkStore(state: MemoryState): LinkStore {
  const isOver = (eventId: EventId) => deliveriesOf(state, eventId).every((delivery) => OVER.has(delivery.state))
  const nameOf = (endpointId: Parameters<typeof state.endpoints.get>[0] | null) =>
    endpointId === null ? null : (state.endpoints.get(endpointId)?.version.config.name ?? null)

  function ofSource(sourceId: SourceId) {
    return [...state.relayed].filter(([, held]) => held.sourceId === sourceId)
  }

  return {
    list: async () => [...state.links.values()],
    async update(link) {
      if (state.links.has(link.sourceId)) state.links.set(link.sourceId, link)
    },
    relayed: async (eventId) => state.relayed.get(eventId)?.relayed ?? null,

    unreported: async (sourceId, limit) =>
      ofSource(sourceId)
        .filter(([eventId, { reported }]) => isOver(eventId) && reported !== endsOf(deliveriesOf(state, eventId)))
        .slice(0, limit)
        .flatMap(([eventId, { relayed }]) =>
          deliveriesOf(state, eventId).map(
            ({ endpointId, targetUrl, state: how, attempts, lastStatus, lastFailure }) => ({
              eventId: relayed.remoteId,
              target: nameOf(endpointId) ?? targetUrl ?? '',
              state: how,
              attempts,
              lastStatus,
              lastFailure,
            }),
          ),
        ),

    async reported(sourceId, told) {
      for (const [eventId, held] of ofSource(sourceId)) {
        const outcomes = told.filter((outcome) => outcome.eventId === held.relayed.remoteId)
        if (outcomes.length > 0 && isOver(eventId)) held.reported = endsOf(outcomes)
      }
    },
  }
}

function endsOf(deliveries: readonly Pick<Outcome, 'state' | 'attempts'>[]): string {
  return deliveries.map(({ state, attempts }) => `${state} ${attempts}`).join()
}
