import { replacedSource } from '../json/json-source.ts'
import { textAt } from './content/json-path.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import type { SigningScheme } from './scheme.ts'
import { writeTimestamp } from './timestamp.ts'

/**
 * A body with the time of now where its receiver judges a time in it, every other byte as it was. One that has no such time
 * stays as it is.
 */
export function withFreshTime(
  { timestampField, timestamp }: Pick<SigningScheme, 'timestampField' | 'timestamp'>,
  body: Uint8Array,
  nowMs: number,
): Uint8Array {
  if (timestampField === undefined || textAt(parseJson(body), timestampField) === null) return body
  const text = writeTimestamp(timestamp, nowMs)
  const source = timestamp === 'rfc3339' ? JSON.stringify(text) : text
  const renewed = replacedSource(new TextDecoder().decode(body), timestampField, source)
  return renewed === null ? body : new TextEncoder().encode(renewed)
}
