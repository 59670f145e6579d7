import type { JsonPath } from './json-path.ts'

/** What a filter narrows: a list of events, or one of deliveries. */
export type FilterSubject = 'events' | 'deliveries'

/** Keys whose values are words; several, parted by commas, mean any of them. */
export const NAMED_KEYS = [
  'type',
  'source',
  'provider',
  'origin',
  'capture',
  'verdict',
  'state',
  'endpoint',
  'reason',
  'event',
  'edited',
  'replay',
] as const
export type NamedKey = (typeof NAMED_KEYS)[number]

/** HTTP statuses, both ends included. */
export interface StatusRange {
  from: number
  to: number
}

/** An instant in unix ms, or so long before the moment at which the list is asked for. */
export type FilterTime = { kind: 'at'; at: number } | { kind: 'ago'; ms: number }

export const COMPARISONS = ['!=', '>=', '<=', '=', '>', '<'] as const
export type Comparison = (typeof COMPARISONS)[number]

/**
 * What a value of a JSON body is held against. A bare word fits whatever reads so: a string, a number, `true`, `null`; one
 * in quotes fits strings alone.
 */
export interface Operand {
  text: string
  isQuoted: boolean
}

/** One part of a filter. All parts must hold; a negated one must not. */
export type FilterTerm = { negated: boolean } & (
  | { kind: 'text'; text: string }
  | { kind: 'named'; key: NamedKey; values: readonly string[] }
  | { kind: 'status'; statuses: readonly StatusRange[] }
  | { kind: 'time'; key: 'since' | 'until'; time: FilterTime }
  /** Without a value: that the header is there. */
  | { kind: 'header'; name: string; value: string | null }
  /** Without a test: that the path leads to something. */
  | { kind: 'json'; path: JsonPath; test: { comparison: Comparison; operand: Operand } | null }
)
