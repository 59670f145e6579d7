import type { Difference } from '#shared/model/diagnosis.ts'

const BEFORE = 16
const AFTER = 32
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** Where two bodies part. */
export function bodyDifference(received: Uint8Array, signed: Uint8Array): Difference {
  let offset = 0
  while (offset < received.length && received[offset] === signed[offset]) offset++
  const [from, to] = [Math.max(0, offset - BEFORE), offset + AFTER]
  const excerpt = (bytes: Uint8Array) => visible(new TextDecoder().decode(bytes.subarray(from, to)))
  return { of: 'body', received: excerpt(received), signed: excerpt(signed), offset }
}

/** Two URLs, whole. */
export function urlDifference(received: string, signed: string): Difference {
  let offset = 0
  while (offset < received.length && received[offset] === signed[offset]) offset++
  return { of: 'url', received: visible(received), signed: visible(signed), offset }
}

/** Text with what a reader cannot see written out. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (char) => NAMED.get(char) ?? escaped(char))
}

function escaped(char: string): string {
  return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
}
