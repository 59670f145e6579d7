import type { EventRecord } from '#shared/model/event.ts'
import { headerValue } from '#shared/model/header.ts'
import type { Source } from '#shared/model/source.ts'
import type { CaptureApi, ReceivedRequest } from '../engine.ts'
import { sha256Hex } from '../signing/digest.ts'
import { appendEvent, type AppendDeps } from './append-event.ts'
import { type ArrivalDeps, readArrival } from './arrival/read-arrival.ts'

/** More hops than any honest chain makes; larger claims are read as this. */
const MAX_HOPS = 1_000

function hopsOf(request: ReceivedRequest): number {
  const value = headerValue(request.headers, 'Hookloop-Hops')
  return value !== null && /^\d{1,9}$/.test(value) ? Math.min(Number(value), MAX_HOPS) : 0
}

function eventOf(source: Source, request: ReceivedRequest, own: Pick<EventRecord, 'id' | 'type'>): EventRecord {
  const { body, ...rest } = request
  return {
    ...rest,
    ...own,
    projectId: source.projectId,
    sourceId: source.id,
    provider: source.provider,
    origin: 'captured',
    contentType: headerValue(request.headers, 'Content-Type'),
    bodySha256: sha256Hex(body),
    bodySizeBytes: body.length,
    hops: hopsOf(request),
  }
}

export function createCapture(deps: AppendDeps & ArrivalDeps): CaptureApi {
  return {
    sourceOf(slug) {
      for (const source of deps.registry.sources.values()) if (source.slug === slug) return source
      return null
    },
    async record(source, request) {
      const { type, arrival } = await readArrival(deps, source, request)
      const event = eventOf(source, request, { id: deps.ids.next('evt'), type })
      const appended = await appendEvent(deps, { event, body: request.body, idempotency: null, arrival })
      return appended.kind === 'dropped' ? appended.first : event
    },
  }
}
