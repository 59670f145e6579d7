import { filterKey, isNamedKey, keyLike, type FilterKey } from './filter-keys.ts'
import type { Comparison, FilterSubject, FilterTerm, StatusRange } from './filter-term.ts'
import { readFilterTime, type Zone } from './filter-time.ts'
import { readJsonPath } from './json-path.ts'
import type { FilterToken, TokenParts, Value } from './split-filter.ts'

/** Why a token cannot be read: what is wrong with it, and what to write instead. */
export interface FilterProblem {
  message: string
  hint: string
}

export type ReadTerm = { term: FilterTerm } | { problem: FilterProblem }

interface Context {
  subject: FilterSubject
  zone: Zone
  /** The token as it was written. */
  written: string
}

/** What a token asks for, or why it cannot be read. */
export function readTerm({ negated, parts }: FilterToken, context: Context): ReadTerm {
  switch (parts.kind) {
    case 'text':
      return textTerm(parts.value.text, negated, context)
    case 'header':
      return headerTerm(parts, negated, context)
    case 'json':
      return jsonTerm(parts, negated, context)
    case 'keyed':
      return keyedTerm(parts, negated, context)
  }
}

function problem(message: string, hint: string): ReadTerm {
  return { problem: { message, hint } }
}

function wrongSubject(written: string, subject: FilterSubject): ReadTerm {
  return subject === 'deliveries'
    ? problem(`“${written}” narrows events, not deliveries.`, 'Use it in the Inbox, or with GET /api/v1/events.')
    : problem(`“${written}” narrows deliveries, not events.`, 'Use it in Deliveries, or with GET /api/v1/deliveries.')
}

function textTerm(text: string, negated: boolean, { subject, written }: Context): ReadTerm {
  if (subject === 'deliveries') return wrongSubject(written, subject)
  if (text.trim() === '') return problem(`“${written}” names no text.`, 'Write what to find, such as "order 42".')
  return { term: { kind: 'text', text, negated } }
}

function headerTerm(
  { name, value }: Extract<TokenParts, { kind: 'header' }>,
  negated: boolean,
  { subject, written }: Context,
): ReadTerm {
  if (subject === 'deliveries') return wrongSubject(written, subject)
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    return problem(`“${written}” names no header.`, 'Write header:name, or header:name=value.')
  }
  return { term: { kind: 'header', name: name.toLowerCase(), value: value?.text ?? null, negated } }
}

function jsonTerm(
  { path, comparison, value }: Extract<TokenParts, { kind: 'json' }>,
  negated: boolean,
  { subject, written }: Context,
): ReadTerm {
  if (subject === 'deliveries') return wrongSubject(written, subject)
  const read = readJsonPath(path)
  if (!read) {
    return problem(`“${path}” is no path into a JSON body.`, 'Write it like $.data.items[0].id or $["odd key"].')
  }
  if (comparison === null) return { term: { kind: 'json', path: read, test: null, negated } }
  if (value === null || (value.text === '' && !value.isQuoted)) {
    return problem(`“${written}” compares with nothing.`, `Write a value after ${comparison}, or "" for an empty one.`)
  }
  const test = { comparison: comparison as Comparison, operand: value }
  return { term: { kind: 'json', path: read, test, negated } }
}

function keyedTerm(
  { name, values }: Extract<TokenParts, { kind: 'keyed' }>,
  negated: boolean,
  context: Context,
): ReadTerm {
  const { written, subject } = context
  const key = filterKey(name)
  if (!key) {
    const meant = keyLike(name)
    if (meant)
      return problem(`“${name}:” is no key.`, `Did you mean ${meant.name}: ? In quotes it is looked for as text.`)
    return textTerm(negated ? written.slice(1) : written, negated, context)
  }
  if (!key.subjects.includes(subject)) return wrongSubject(written, subject)
  const [first] = values
  if (first === undefined) return problem(`“${written}” has no value.`, `Write it like ${key.example}.`)
  if (name === 'since' || name === 'until') return timeTerm(name, first, negated, context)
  if (name === 'status') return statusTerm(values, negated, context)
  return isNamedKey(name) ? namedTerm(key, values, negated) : problem(`“${name}:” is no key.`, 'Leave it out.')
}

function namedTerm({ name, words }: FilterKey, values: readonly Value[], negated: boolean): ReadTerm {
  const unknown = values.find(({ text }) => words !== null && !words.includes(text))
  if (unknown) {
    const known = words!.length > 10 ? `a known ${name}, such as ${words![0]}` : listOf(words!)
    return problem(`“${unknown.text}” is no ${name} that is known.`, `Write ${known}.`)
  }
  if (!isNamedKey(name)) return problem(`“${name}:” is no key.`, 'Leave it out.')
  return { term: { kind: 'named', key: name, values: values.map(({ text }) => text), negated } }
}

function listOf(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function timeTerm(key: 'since' | 'until', { text }: Value, negated: boolean, { zone, written }: Context): ReadTerm {
  if (negated) {
    return problem(`“${written}” cannot be negated.`, `Write ${key === 'since' ? 'until' : 'since'}:${text} instead.`)
  }
  const time = readFilterTime(text, zone)
  if (!time) return problem(`“${text}” is no time.`, 'Write it like 15m, 2h, 7d, 2026-11-25 or 2026-11-25T10:02.')
  return { term: { kind: 'time', key, time, negated } }
}

function statusTerm(values: readonly Value[], negated: boolean, { written }: Context): ReadTerm {
  const statuses = values.map(({ text }) => statusRange(text))
  const known = statuses.filter((range) => range !== null)
  if (known.length === statuses.length) return { term: { kind: 'status', statuses: known, negated } }
  return problem(`“${written}” names no HTTP status.`, 'Write it like status:500, status:4xx or status:429,5xx.')
}

function statusRange(text: string): StatusRange | null {
  if (/^[1-9]xx$/i.test(text)) return { from: Number(text[0]) * 100, to: Number(text[0]) * 100 + 99 }
  return /^[1-9]\d\d$/.test(text) ? { from: Number(text), to: Number(text) } : null
}
