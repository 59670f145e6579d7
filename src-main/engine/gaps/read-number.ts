import { type HeaderList, headerValue } from '#shared/model/header.ts'
import type { Place } from '../catalog/provider.ts'
import { parseJson, textAt } from '../signing/content/json-path.ts'

/** More digits than these are no count of messages, and would lose some. */
const NUMBER = /^\d{1,15}$/

/** The number that a sender gave a message; null where it stands at none of the places, or is no whole number. */
export function readNumber(
  places: readonly Place[],
  { headers, body }: { headers: HeaderList; body: Uint8Array },
): number | null {
  for (const place of places) {
    const text = textAtPlace(place, headers, body)?.trim()
    if (text !== undefined && NUMBER.test(text)) return Number(text)
  }
  return null
}

function textAtPlace(place: Place, headers: HeaderList, body: Uint8Array): string | null {
  if ('header' in place) return headerValue(headers, place.header)
  if ('json' in place) return textAt(parseJson(body), place.json)
  return new URLSearchParams(new TextDecoder().decode(body)).get(place.form)
}
