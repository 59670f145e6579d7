/** A body as text. */
export interface DecodedText {
  /** Without its byte order mark. */
  text: string
  /** As `TextDecoder` calls it. */
  encoding: string
  /** Some bytes are not of this encoding: they show as U+FFFD, and the text is not the body. */
  isLossy: boolean
}

const MARKS: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/** Reads bytes as text: by their byte order mark, else by the charset of the content type, else as UTF-8. */
export function decodeText(bytes: Uint8Array, contentType: string | null): DecodedText {
  const encoding = markOf(bytes) ?? charsetOf(contentType) ?? 'utf-8'
  const strict = decoded(bytes, encoding, true)
  if (strict !== null) return { text: strict, encoding, isLossy: false }
  return { text: decoded(bytes, encoding, false) ?? '', encoding, isLossy: true }
}

function markOf(bytes: Uint8Array): string | null {
  return MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte))?.[1] ?? null
}

/** Null where none is named, or one that no browser knows. */
function charsetOf(contentType: string | null): string | null {
  const name = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1]
  if (name === undefined) return null
  try {
    return new TextDecoder(name).encoding
  } catch {
    return null
  }
}

/** Null where `fatal` and some bytes do not fit; a character that is cut off at the end does not count. */
function decoded(bytes: Uint8Array, encoding: string, fatal: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes, { stream: true })
  } catch {
    return null
  }
}
