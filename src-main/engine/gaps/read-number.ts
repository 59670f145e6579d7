import { placeReader, type ReadableRequest } from '../catalog/place-reader.ts'
import type { Place } from '../catalog/provider.ts'

/** More digits than these are no count of messages, and would lose some. */
const NUMBER = /^\d{1,15}$/

/** The number that a sender gave a message; null where it stands at none of the places, or is no whole number. */
export function readNumber(places: readonly Place[], request: ReadableRequest): number | null {
  const read = placeReader(request)
  for (const place of places) {
    const text = read(place)?.trim()
    if (text !== undefined && NUMBER.test(text)) return Number(text)
  }
  return null
}
