const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The value that a body holds; undefined where the bytes are not JSON in UTF-8. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    return undefined
  }
}
