import { toInstant } from '#shared/contract/base.ts'
import type { EventDetail, EventSchemaView, EventSummary } from '#shared/contract/events.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Engine, EventSchema } from '../../engine/engine.ts'
import type { StoredEvent } from '../../engine/ports.ts'

/** `drift` is at how many places its body does not fit its type’s schema. */
export function toEventSummary(engine: Engine, { event, findings, tally }: StoredEvent, drift = 0): EventSummary {
  return {
    id: event.id,
    projectId: event.projectId,
    type: event.type,
    provider: event.provider,
    sourceId: event.sourceId,
    source: slugOf(engine, event),
    origin: event.origin,
    editedFrom: event.editedFrom,
    capture: event.capture,
    captureNote: event.captureNote,
    receivedAt: toInstant(event.receivedAt),
    method: event.method,
    path: event.path,
    contentType: event.contentType,
    bodySizeBytes: event.bodySizeBytes,
    ...findings,
    drift,
    deliveries: tally,
  }
}

export function toEventDetail(engine: Engine, stored: StoredEvent, drift = 0): EventDetail {
  const { event } = stored
  return {
    ...toEventSummary(engine, stored, drift),
    query: event.query,
    httpVersion: event.httpVersion,
    headers: event.headers,
    trailers: event.trailers,
    bodySha256: event.bodySha256,
    declaredSizeBytes: event.declaredSizeBytes,
    remoteAddress: event.remoteAddress,
    hops: event.hops,
  }
}

function slugOf(engine: Engine, { sourceId, projectId }: EventRecord): string | null {
  if (sourceId === null) return null
  return engine.sources.list(projectId).find((source) => source.id === sourceId)?.slug ?? null
}

export function toEventSchemaView({ known, schema, findings, reason }: EventSchema): EventSchemaView {
  return {
    type: known && {
      provider: known.provider,
      name: known.type.name,
      id: known.type.id ?? `${known.provider}/${known.type.name}`,
      builtIn: known.type.id === undefined,
      inferred: known.type.schema === undefined,
    },
    schema,
    findings: findings && [...findings],
    reason,
  }
}
