import { placeReader, type ReadableRequest } from './place-reader.ts'
import type { Place, Provider } from './provider.ts'

export interface Recognized {
  eventType: string | null
  /** The sender's own id of the message. */
  messageId: string | null
}

/** Longer texts are no names; whatever asks for them is not what the provider sends. */
const MAX_LENGTH = 200

/** What a request says it is, where its provider puts that; null where it says nothing. Takes any input. */
export function recognize({ recognition }: Pick<Provider, 'recognition'>, request: ReadableRequest): Recognized {
  const read = placeReader(request)
  const first = (places: readonly Place[]): string | null => {
    for (const place of places) {
      const text = read(place)?.trim()
      if (text !== undefined && text !== '' && text.length <= MAX_LENGTH) return text
    }
    return null
  }
  return { eventType: first(recognition.eventType), messageId: first(recognition.messageId) }
}
