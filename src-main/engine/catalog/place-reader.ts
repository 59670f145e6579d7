import { type HeaderList, headerValue } from '#shared/model/header.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import { textAt } from '../signing/content/json-path.ts'
import type { Place } from './provider.ts'

export interface ReadableRequest {
  headers: HeaderList
  body: Uint8Array
  /** Raw, without its question mark. */
  query?: string | null
}

/** What a request says at a place; null where it says nothing. Takes any input, and parses the body once. */
export function placeReader({ headers, body, query = null }: ReadableRequest): (place: Place) => string | null {
  let json: { root: unknown } | null = null
  return (place) => {
    if ('header' in place) return headerValue(headers, place.header)
    if ('query' in place) return new URLSearchParams(query ?? '').get(place.query)
    if ('form' in place) return new URLSearchParams(new TextDecoder().decode(body)).get(place.form)
    json ??= { root: parseJson(body) }
    return textAt(json.root, place.json)
  }
}
