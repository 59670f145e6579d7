import type { HeaderList } from '#shared/model/header.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { Random } from '../../ports.ts'
import { setAt, textAt, valueAt } from '../../signing/content/json-path.ts'
import { writeTimestamp } from '../../signing/timestamp.ts'
import { carriers } from '../own/to-provider.ts'
import type { Provider } from '../provider.ts'
import { renewId } from './renew-id.ts'

export interface Composition {
  provider: Provider
  type: string
  sample: unknown
  /** In place of the sample; its message id stays as it is. */
  data: unknown
  /** What the policy makes of what is stored when it goes out. */
  encoding: Policy['encoding']
}

export interface ComposedMessage {
  body: Uint8Array
  contentType: string
  /** What the sender writes though nothing is signed. */
  headers: HeaderList
}

/**
 * The message as its sender would make it now: a fresh message id in the sample, and the time of now where its signature
 * is judged by a time in the body.
 */
export function composeMessage(
  { provider, type, sample, data, encoding }: Composition,
  { nowMs, messageId, random }: { nowMs: number; messageId: string; random: Pick<Random, 'fraction'> },
): ComposedMessage {
  const value = structuredClone(data === undefined ? sample : data)
  if (data === undefined) renewMessageId(value, provider, random)
  setTime(value, provider, nowMs)
  // A policy that writes the envelope or the form itself wants what goes inside.
  const inside = encoding === 'envelope' ? insideOf(value) : value
  const written = encode(inside, encoding === 'raw' ? provider.bodyFormat : 'json')
  return { ...written, headers: provider.signing ? [] : namingHeaders(provider, { type, id: messageId }) }
}

/** The bytes of a value as a sender writes it. */
export function encode(
  value: unknown,
  format: Provider['bodyFormat'] | 'json',
): Pick<ComposedMessage, 'body' | 'contentType'> {
  if (format === 'form' && isObject(value)) {
    const form = new URLSearchParams(
      Object.entries(value).map(([name, field]): [string, string] => [name, textOf(field)]),
    )
    return { body: new TextEncoder().encode(form.toString()), contentType: 'application/x-www-form-urlencoded' }
  }
  return { body: new TextEncoder().encode(JSON.stringify(value)), contentType: 'application/json' }
}

function renewMessageId(value: unknown, { recognition }: Provider, random: Pick<Random, 'fraction'>): void {
  for (const place of recognition.messageId) {
    const path = 'json' in place ? place.json : 'form' in place ? place.form : null
    const id = path === null ? null : textAt(value, path)
    if (path === null || id === null) continue
    const renewed = renewId(id, random)
    setAt(value, path, typeof valueAt(value, path) === 'number' ? Number(renewed) : renewed)
  }
}

function setTime(value: unknown, { signing }: Provider, nowMs: number): void {
  const path = signing?.timestampField
  if (signing === null || path === undefined || !isObject(value)) return
  const text = writeTimestamp(signing.timestamp, nowMs)
  setAt(value, path, signing.timestamp === 'rfc3339' ? text : Number(text))
}

/** What an envelope of `{id, type, createdAt, data}` holds; anything else as it is. */
function insideOf(value: unknown): unknown {
  const isEnvelope = isObject(value) && Object.keys(value).toSorted().join() === 'createdAt,data,id,type'
  return isEnvelope ? value['data'] : value
}

function namingHeaders({ recognition }: Provider, { type, id }: { type: string; id: string }): HeaderList {
  return carriers(recognition).map(([name, template]) => [name, template === '{id}' ? id : type])
}

function textOf(field: unknown): string {
  if (typeof field === 'string') return field
  return field === null ? '' : JSON.stringify(field)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
