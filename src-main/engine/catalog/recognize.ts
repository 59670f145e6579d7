import { type HeaderList, headerValue } from '#shared/model/header.ts'
import { parseJson, textAt } from '../signing/content/json-path.ts'
import type { Place, Provider } from './provider.ts'

export interface Recognized {
  eventType: string | null
  /** The sender's own id of the message. */
  messageId: string | null
}

/** Longer texts are no names; whatever asks for them is not what the provider sends. */
const MAX_LENGTH = 200

/** What a request says it is, where its provider puts that; null where it says nothing. Takes any input. */
export function recognize(
  { recognition }: Pick<Provider, 'recognition'>,
  { headers, body }: { headers: HeaderList; body: Uint8Array },
): Recognized {
  let root: unknown
  let isParsed = false
  const json = () => {
    if (!isParsed) root = parseJson(body)
    isParsed = true
    return root
  }
  const read = (place: Place): string | null => {
    if ('header' in place) return headerValue(headers, place.header)
    if ('json' in place) return textAt(json(), place.json)
    return new URLSearchParams(new TextDecoder().decode(body)).get(place.form)
  }
  const first = (places: readonly Place[]): string | null => {
    for (const place of places) {
      const text = read(place)?.trim()
      if (text !== undefined && text !== '' && text.length <= MAX_LENGTH) return text
    }
    return null
  }
  return { eventType: first(recognition.eventType), messageId: first(recognition.messageId) }
}
