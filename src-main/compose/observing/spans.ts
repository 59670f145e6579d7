import { type Attributes, SpanKind, type SpanContext, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'

const NO_PARENT = '0000000000000000'

/** What happened, as a span: an event is a trace, its deliveries are within it, and their attempts within them. */
export interface Spans {
  event(event: EventRecord, endedAt: number): ReadableSpan
  delivery(delivery: Delivery): ReadableSpan
  attempt(attempt: Attempt): ReadableSpan
}

/**
 * Ids of spans are made from ours, so that what happens to an event after a restart still belongs to its trace. No span
 * holds a URL, a header or a body: there may be a secret in each.
 */
export function createSpans(version: string): Spans {
  const resource = resourceFromAttributes({ 'service.name': 'hookloop', 'service.version': version })
  const instrumentationScope = { name: 'hookloop', version }

  function span(of: {
    name: string
    kind: SpanKind
    /** Of the event, which names the trace. */
    eventId: string
    id: string
    parentId: string | null
    startedAt: number
    endedAt: number
    problem: string | null
    attributes: Attributes
  }): ReadableSpan {
    const parentId = of.parentId === null ? null : spanId(of.parentId)
    const parent =
      parentId === null || parentId === NO_PARENT ? {} : { parentSpanContext: context(of.eventId, parentId) }
    return {
      name: of.name,
      kind: of.kind,
      spanContext: () => context(of.eventId, spanId(of.id)),
      ...parent,
      startTime: hrTime(of.startedAt),
      endTime: hrTime(Math.max(of.startedAt, of.endedAt)),
      duration: hrTime(Math.max(0, of.endedAt - of.startedAt)),
      status:
        of.problem === null ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: of.problem },
      attributes: of.attributes,
      links: [],
      events: [],
      ended: true,
      resource,
      instrumentationScope,
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    }
  }

  return {
    event: ({ id, type, origin, capture, sourceId, receivedAt, bodySizeBytes }, endedAt) =>
      span({
        name: `event ${type}`,
        kind: SpanKind.SERVER,
        eventId: id,
        id,
        parentId: null,
        startedAt: receivedAt,
        endedAt,
        problem: capture === 'complete' ? null : capture,
        attributes: {
          'hookloop.event.id': id,
          'hookloop.event.type': type,
          'hookloop.event.origin': origin,
          'hookloop.event.capture': capture,
          'hookloop.event.size': bodySizeBytes,
          ...(sourceId !== null && { 'hookloop.source.id': sourceId }),
        },
      }),

    delivery: ({ id, eventId, endpointId, state, attempts, lastFailure, lastStatus, createdAt, updatedAt }) =>
      span({
        name: 'delivery',
        kind: SpanKind.INTERNAL,
        eventId,
        id,
        parentId: eventId,
        startedAt: createdAt,
        endedAt: updatedAt,
        problem: state === 'failed' ? (lastFailure ?? `status ${lastStatus}`) : null,
        attributes: {
          'hookloop.delivery.id': id,
          'hookloop.delivery.state': state,
          'hookloop.delivery.attempts': attempts,
          ...(endpointId !== null && { 'hookloop.endpoint.id': endpointId }),
        },
      }),

    attempt: ({
      id,
      eventId,
      deliveryId,
      number,
      trigger,
      outcome,
      startedAt,
      finishedAt,
      request,
      response,
      failure,
    }) =>
      span({
        name: 'attempt',
        kind: SpanKind.CLIENT,
        eventId,
        id,
        parentId: deliveryId,
        startedAt,
        endedAt: finishedAt,
        problem: outcome === 'succeeded' || outcome === 'simulated' ? null : (failure?.code ?? outcome),
        attributes: {
          'hookloop.attempt.id': id,
          'hookloop.attempt.number': number,
          'hookloop.attempt.trigger': trigger,
          'hookloop.attempt.outcome': outcome,
          ...(request && { 'http.request.method': request.method }),
          ...(response && { 'http.response.status_code': response.status }),
        },
      }),
  }
}

function context(eventId: string, id: string): SpanContext {
  return { traceId: hexOf(eventId), spanId: id, traceFlags: TraceFlags.SAMPLED }
}

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Our ids are a prefix and 128 bits, written with 32 signs: as many bits as name a trace. */
function hexOf(id: string): string {
  const signs = id.slice(id.indexOf('_') + 1).toUpperCase()
  const bits = signs.split('').reduce((sum, sign) => sum * 32n + BigInt(Math.max(0, DIGITS.indexOf(sign))), 0n)
  return BigInt.asUintN(128, bits).toString(16).padStart(32, '0')
}

/** The second half is chance, which is what tells spans apart. */
function spanId(id: string): string {
  return hexOf(id).slice(16)
}

function hrTime(ms: number): [seconds: number, nanoseconds: number] {
  const seconds = Math.floor(ms / 1_000)
  return [seconds, Math.round((ms - seconds * 1_000) * 1_000_000)]
}
