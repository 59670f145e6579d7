import type { EventRecord } from '#shared/model/event.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { Policy } from '#shared/model/policy.ts'
import { fieldSources } from '../../json/json-source.ts'

/** A body as it goes out; `contentType` is null where it keeps the event's own. */
export interface EncodedBody {
  body: Uint8Array
  contentType: string | null
}

type EnvelopeEvent = Pick<EventRecord, 'id' | 'type' | 'receivedAt' | 'origin'>

/** Wraps a body as the policy says. JSON inside it keeps its digits and the order of its keys. */
export function encodeBody(
  { body, contentType }: EncodedBody,
  event: EnvelopeEvent,
  encoding: Policy['encoding'],
): EncodedBody | { failure: Failure } {
  switch (encoding) {
    case 'raw':
      return { body, contentType }
    case 'form':
      return formOf(textOf(body))
    case 'envelope':
      return envelopeOf(textOf(body), event)
  }
}

function formOf(text: string | null): EncodedBody | { failure: Failure } {
  const fields = text === null ? null : fieldSources(text)
  if (!fields)
    return unfit('The policy sends a form of the body’s top-level fields, and this body is not a JSON object')
  const form = new URLSearchParams(fields.map(({ key, source }): [string, string] => [key, formValue(source)]))
  return { body: new TextEncoder().encode(form.toString()), contentType: 'application/x-www-form-urlencoded' }
}

/** A text as it is, null as nothing, all else as its JSON. */
function formValue(source: string): string {
  if (source === 'null') return ''
  return source.startsWith('"') ? (JSON.parse(source) as string) : source
}

function envelopeOf(text: string | null, event: EnvelopeEvent): EncodedBody | { failure: Failure } {
  if (text === null) return unfit('The policy sends a JSON envelope, and this body is not text')
  if (isEnvelope(text, event)) return { body: new TextEncoder().encode(text), contentType: 'application/json' }
  const head = { id: event.id, type: event.type, createdAt: new Date(event.receivedAt).toISOString() }
  const data = isJson(text) ? text.trim() : JSON.stringify(text)
  const json = `${JSON.stringify(head).slice(0, -1)},"data":${data}}`
  return { body: new TextEncoder().encode(json), contentType: 'application/json' }
}

const ENVELOPE_KEYS = ['id', 'type', 'createdAt', 'data']

/** One that a page sent is sent on as it is, with whatever else stands in it; nothing is wrapped for a second time. */
function isEnvelope(text: string, { type, origin }: EnvelopeEvent): boolean {
  const fields = fieldSources(text)
  if (!fields || !ENVELOPE_KEYS.every((key) => fields.some((field) => field.key === key))) return false
  if (fields.find(({ key }) => key === 'type')?.source !== JSON.stringify(type)) return false
  return origin === 'ingested' || fields.length === ENVELOPE_KEYS.length
}

function textOf(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return null
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function unfit(detail: string): { failure: Failure } {
  return { failure: { code: 'encoding_failed', phase: 'build', detail } }
}
