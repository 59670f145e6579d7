import type { HeaderList } from '#shared/model/header.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import { renewId } from '../../catalog/trigger/renew-id.ts'
import { placeReader } from '../../catalog/place-reader.ts'
import type { Place, Provider } from '../../catalog/provider.ts'
import { replacedSource } from '../../json/json-source.ts'
import type { Random } from '../../ports.ts'
import { valueAt } from '../../signing/content/json-path.ts'

export interface Message {
  headers: HeaderList
  body: Uint8Array
}

/**
 * The message with another id wherever its sender puts one, so that no receiver takes it for the one that it had. An id that
 * is not the original's any more was chosen by whoever edited it, and stays. Every other byte stays, too.
 */
export function renewIds(
  { recognition }: Pick<Provider, 'recognition'>,
  { original, edited }: { original: Message; edited: Message },
  random: Pick<Random, 'fraction'>,
): Message {
  const before = placeReader(original)
  const renewed = new Map<string, string>()
  return recognition.messageId.reduce((message, place) => {
    const id = placeReader(message)(place)
    if (id === null || id === '' || id !== before(place)) return message
    // One id may stand in several places.
    const next = renewed.get(id) ?? renewId(id, random)
    renewed.set(id, next)
    return withId(message, place, next)
  }, edited)
}

function withId({ headers, body }: Message, place: Place, next: string): Message {
  if ('header' in place) {
    const name = place.header.toLowerCase()
    return { headers: headers.map(([key, value]) => [key, key.toLowerCase() === name ? next : value]), body }
  }
  if ('form' in place) return { headers, body: withFormField(body, place.form, next) }
  if ('query' in place) return { headers, body }
  return { headers, body: withJsonField(body, place.json, next) }
}

function withJsonField(body: Uint8Array, path: string, value: string): Uint8Array {
  const isNumber = typeof valueAt(parseJson(body), path) === 'number'
  const replaced = replacedSource(new TextDecoder().decode(body), path, isNumber ? value : JSON.stringify(value))
  return replaced === null ? body : new TextEncoder().encode(replaced)
}

function withFormField(body: Uint8Array, name: string, value: string): Uint8Array {
  const pairs = new TextDecoder().decode(body).split('&')
  const at = pairs.findIndex((pair) => new URLSearchParams(pair).has(name))
  if (at === -1) return body
  const encoded = new URLSearchParams([[name, value]]).toString()
  return new TextEncoder().encode(pairs.with(at, encoded).join('&'))
}
