import { sha256Hex } from '../../digest.ts'
import type { Change, Hypothesis } from '../subject.ts'
import { bodyChange } from './body-change.ts'
import { type JsonStyle, LAYOUTS, STRINGS, styleWords, writeJson } from './json-style.ts'
import { type JsonTokens, jsonTokens, sortedTokens } from './json-tokens.ts'

/** Larger bodies are not written in every style. */
export const LARGEST_JSON_BYTES = 1_048_576

/** Writing a body takes so many times as long as hashing it. */
const WRITING_COST = 20

const LAYOUT_NAMES = Object.keys(LAYOUTS) as JsonStyle['layout'][]
const STRING_NAMES = Object.keys(STRINGS) as JsonStyle['strings'][]

/** The body was parsed and written again by a program with another way of writing JSON. */
export const jsonRewritten: Hypothesis = function* ({ message: { body } }) {
  const tokens = body.byteLength > LARGEST_JSON_BYTES ? null : jsonTokens(new TextDecoder().decode(body))
  if (!tokens) return
  const seen = new Set<string>()
  yield* writings(body, tokens, seen, '')
  const sorted = sortedTokens(tokens)
  if (sorted) yield* writings(body, sorted, seen, ', with sorted keys')
}

function* writings(body: Uint8Array, tokens: JsonTokens, seen: Set<string>, order: string): Iterable<Change> {
  for (const [style, end] of styles()) {
    const text = writeJson(tokens, style, 4 * LARGEST_JSON_BYTES)
    if (text === null) continue
    const written = Buffer.from(text + end)
    const digest = sha256Hex(written)
    if (seen.has(digest)) continue
    seen.add(digest)
    yield bodyChange(body, written, { ...words(styleWords(style) + order), cost: WRITING_COST * written.byteLength })
  }
}

/** How programs write JSON, the most frequent first, and what they write after it. */
function* styles(): Iterable<[JsonStyle, string]> {
  for (const strings of STRING_NAMES) {
    for (const layout of LAYOUT_NAMES) yield [{ layout, strings, numbers: 'kept' }, '']
  }
  for (const layout of LAYOUT_NAMES) yield [{ layout, strings: 'plain', numbers: 'kept' }, '\n']
  for (const numbers of ['short', 'float'] as const) {
    for (const layout of LAYOUT_NAMES) yield [{ layout, strings: 'plain', numbers }, '']
    yield [{ layout: 'compact', strings: 'ascii', numbers }, '']
    yield [{ layout: 'spaced', strings: 'ascii', numbers }, '']
  }
}

function words(style: string) {
  return {
    code: 'body_json_rewritten',
    title: 'The JSON was parsed and written again',
    explanation: `The values are the same, but the bytes are not: the signature fits this JSON ${style}.`,
    expected: style,
  } as const
}
