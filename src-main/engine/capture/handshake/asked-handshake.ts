import type { Handshake } from '../../catalog/handshake.ts'
import { placeReader, type ReadableRequest } from '../../catalog/place-reader.ts'
import type { Place, Provider } from '../../catalog/provider.ts'

/** No sender asks in a longer body; a longer one is not read for it. */
const MAX_BODY_BYTES = 65_536
/** No sender asks with a longer text. */
const MAX_TEXT_CHARS = 4_096

/** A handshake that a request asks for, and what the request says. */
export interface AskedHandshake {
  handshake: Handshake
  read: (place: Place) => string | null
}

/** The handshake of this provider that the request asks for; null where it is an ordinary message. */
export function askedHandshake(
  { handshakes = [] }: Pick<Provider, 'handshakes'>,
  request: ReadableRequest & { method: string },
): AskedHandshake | null {
  if (request.body.length > MAX_BODY_BYTES) return null
  const read = placeReader(request)
  const handshake = handshakes.find(({ method, says, lacks }) => {
    if (method !== request.method || (lacks && read(lacks) !== null)) return false
    return says.every(({ at, exactly }) => {
      const text = read(at)
      if (text === null || text === '' || text.length > MAX_TEXT_CHARS) return false
      return exactly === undefined || text === exactly
    })
  })
  return handshake ? { handshake, read } : null
}
