import { UNTYPED_EVENT, type EventRecord } from '#shared/model/event.ts'
import { headerValue } from '#shared/model/header.ts'
import type { CaptureApi, ReceivedRequest } from '../engine.ts'
import { sha256Hex } from '../signing/digest.ts'
import { appendEvent, type AppendDeps } from './append-event.ts'
import type { Source } from '#shared/model/source.ts'

/** More hops than any honest chain makes; larger claims are read as this. */
const MAX_HOPS = 1_000

function hopsOf(request: ReceivedRequest): number {
  const value = headerValue(request.headers, 'Hookloop-Hops')
  return value !== null && /^\d{1,9}$/.test(value) ? Math.min(Number(value), MAX_HOPS) : 0
}

function eventOf(source: Source, request: ReceivedRequest, id: EventRecord['id']): EventRecord {
  const { body, ...rest } = request
  return {
    ...rest,
    id,
    projectId: source.projectId,
    sourceId: source.id,
    type: UNTYPED_EVENT,
    provider: source.provider,
    origin: 'captured',
    contentType: headerValue(request.headers, 'Content-Type'),
    bodySha256: sha256Hex(body),
    bodySizeBytes: body.length,
    hops: hopsOf(request),
  }
}

export function createCapture(deps: AppendDeps): CaptureApi {
  return {
    sourceOf(slug) {
      for (const source of deps.registry.sources.values()) if (source.slug === slug) return source
      return null
    },
    async record(source, request) {
      const event = eventOf(source, request, deps.ids.next('evt'))
      await appendEvent(deps, { event, body: request.body, idempotency: null })
      return event
    },
  }
}
