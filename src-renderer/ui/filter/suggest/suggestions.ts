import {
  FILTER_KEYS,
  filterKey,
  type FilterKey,
  type FilterKeyName,
} from '#shared/model/filter/language/filter-keys.ts'
import type { FilterSubject } from '#shared/model/filter/language/filter-term.ts'
import { quoted, splitFilter } from '#shared/model/filter/language/split-filter.ts'

/** A value that a key may be given, and what a person should know of it. */
export interface KnownValue {
  value: string
  hint?: string | undefined
}

/** Values that stand in the project, beside the fixed words of keys. */
export type KnownValues = Readonly<Partial<Record<FilterKeyName, readonly KnownValue[]>>>

export interface Suggestion {
  /** What is written when it is taken. */
  insert: string
  hint: string
  kind: 'key' | 'value'
}

/** What may stand at the caret: taken, a suggestion replaces the text from `start` to `end`. */
export interface Suggestions {
  start: number
  end: number
  items: readonly Suggestion[]
}

export interface SuggestContext {
  subject: FilterSubject
  known: KnownValues
}

const MOST_VALUES = 40
/** Of values that are suggested before their key was written. */
const MOST_UNASKED = 5

/** Values that can be written for keys without a closed set of words. */
const USUAL: KnownValues = {
  since: [
    { value: '15m', hint: 'the last 15 minutes' },
    { value: '1h', hint: 'the last hour' },
    { value: '24h', hint: 'the last day' },
    { value: '7d', hint: 'the last week' },
  ],
  until: [
    { value: '1h', hint: 'before the last hour' },
    { value: '24h', hint: 'before the last day' },
  ],
  status: [
    { value: '2xx', hint: 'success' },
    { value: '3xx', hint: 'redirect' },
    { value: '4xx', hint: 'refused' },
    { value: '5xx', hint: 'the receiver failed' },
    { value: '429', hint: 'too many requests' },
  ],
}

const NOTHING: Suggestions = { start: 0, end: 0, items: [] }

/** What may be written at `caret`: keys first, then values. */
export function suggestionsAt(text: string, caret: number, context: SuggestContext): Suggestions {
  const token = splitFilter(text).find(({ start, end }) => start <= caret && caret <= end)
  if (token === undefined) return { start: caret, end: caret, items: keysLike('', context) }
  const start = token.start + (token.negated || text[token.start] === '-' ? 1 : 0)
  const { end } = token
  const written = text.slice(start, Math.max(caret, start))
  const keyed = /^([A-Za-z]+):(.*)$/s.exec(written)
  if (keyed !== null) return valuesOf(keyed[1]!.toLowerCase(), keyed[2]!, { end, caret }, context)
  if (!/^[A-Za-z][\w.-]*$/.test(written) && written !== '') return NOTHING
  return { start, end, items: [...keysLike(written, context), ...unasked(written, context)] }
}

function keysLike(word: string, { subject }: SuggestContext): Suggestion[] {
  const wanted = word.toLowerCase()
  const keys = FILTER_KEYS.filter(({ name, subjects }) => subjects.includes(subject) && name.startsWith(wanted))
  const suggested = keys.map(({ name, asks, example }): Suggestion => ({
    kind: 'key',
    insert: `${name}:`,
    hint: `${asks}, such as ${example}`,
  }))
  const isOfEvents = wanted === '' && subject === 'events'
  return isOfEvents
    ? [...suggested, { kind: 'key', insert: '$.', hint: 'a value of a JSON body, such as $.data.id=42' }]
    : suggested
}

/** Values for a key that is written; `part` is what stands behind its colon up to the caret. */
function valuesOf(
  name: string,
  part: string,
  { end, caret }: { end: number; caret: number },
  context: SuggestContext,
): Suggestions {
  const key = filterKey(name)
  if (key === undefined || !key.subjects.includes(context.subject)) return NOTHING
  const pieces = part.split(',')
  const last = pieces.at(-1) ?? ''
  const taken = new Set(pieces.slice(0, -1))
  const wanted = last.replace(/^"/, '').toLowerCase()
  const fitting = valuesFor(key, context.known).filter(({ value }) => value.toLowerCase().includes(wanted))
  const [beginning, holding] = [fitting.filter(begins), fitting.filter((known) => !begins(known))]
  const items = [...beginning, ...holding].filter(({ value }) => !taken.has(value) && value !== last)
  return { start: caret - last.length, end, items: items.slice(0, MOST_VALUES).map(toSuggestion) }

  function begins({ value }: KnownValue): boolean {
    return value.toLowerCase().startsWith(wanted)
  }
  function toSuggestion({ value, hint = '' }: KnownValue): Suggestion {
    return { kind: 'value', insert: asWritten(value), hint }
  }
}

function valuesFor({ name, words }: FilterKey, known: KnownValues): readonly KnownValue[] {
  return [...(known[name] ?? []), ...(words ?? []).map((value) => ({ value })), ...(USUAL[name] ?? [])]
}

/** Values that begin with the word, each with its key: `failed` may mean `state:failed`. */
function unasked(word: string, { subject, known }: SuggestContext): Suggestion[] {
  if (word.length < 2) return []
  const wanted = word.toLowerCase()
  return FILTER_KEYS.filter(({ subjects }) => subjects.includes(subject))
    .flatMap((key) =>
      [...(known[key.name] ?? []), ...(key.words ?? []).map((value): KnownValue => ({ value }))]
        .filter(({ value }) => value.toLowerCase().startsWith(wanted))
        .map(({ value, hint }): Suggestion => ({
          kind: 'value',
          insert: `${key.name}:${asWritten(value)}`,
          hint: hint ?? key.asks,
        })),
    )
    .slice(0, MOST_UNASKED)
}

function asWritten(value: string): string {
  return quoted({ text: value, isQuoted: false }, /[\s",]/)
}

/** The text with a suggestion taken, and where the caret then stands. */
export function withTaken(
  text: string,
  { start, end }: Suggestions,
  { insert, kind }: Suggestion,
): { text: string; caret: number } {
  const rest = text.slice(end)
  // A finished token is left behind, so that the next one can be written at once.
  const gap = kind === 'value' && !/^\s/.test(rest) ? ' ' : ''
  const caret = start + insert.length + (kind === 'value' ? 1 : 0)
  return { text: `${text.slice(0, start)}${insert}${gap}${rest}`, caret }
}
