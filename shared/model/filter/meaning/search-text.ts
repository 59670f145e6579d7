import type { EventRecord } from '../../event.ts'

/** How much of a body a text is looked for in. */
export const SEARCHED_BODY_BYTES = 256 * 1024

type SearchedEvent = Pick<EventRecord, 'type' | 'path' | 'query' | 'headers' | 'contentType'>

/** A text as texts are compared: without regard to case. */
export function folded(text: string): string {
  return text.toLowerCase()
}

/** Everything of an event in which a text may be found, folded; `body` may be cut to `SEARCHED_BODY_BYTES`. */
export function searchTexts(event: SearchedEvent, body: Uint8Array): string[] {
  const target = event.query === null ? event.path : `${event.path}?${event.query}`
  return [event.type, target, ...event.headers.flat(), ...bodyTexts(event.contentType, body)].map(folded)
}

/** The text of a body, and the same with its escapes undone where it has any. */
function bodyTexts(contentType: string | null, body: Uint8Array): string[] {
  const text = decode(contentType, body.subarray(0, SEARCHED_BODY_BYTES))
  const undone = isForm(contentType) ? withoutFormEscapes(text) : withoutJsonEscapes(text)
  return undone === text ? [text] : [text, undone]
}

const CHARSET = /;\s*charset\s*=\s*"?([\w.:-]+)/i

/** Bytes that are no such text become U+FFFD. */
function decode(contentType: string | null, bytes: Uint8Array): string {
  return decoderFor(CHARSET.exec(contentType ?? '')?.[1]).decode(bytes)
}

function decoderFor(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

function isForm(contentType: string | null): boolean {
  return /^\s*application\/x-www-form-urlencoded\b/i.test(contentType ?? '')
}

/** A run at a time, so that one bad escape leaves the rest readable. */
function withoutFormEscapes(text: string): string {
  return text.replaceAll('+', ' ').replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}

const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function withoutJsonEscapes(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (LETTERS[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
