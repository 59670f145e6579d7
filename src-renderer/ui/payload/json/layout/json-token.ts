/** The tokens of JSON as they stand in a text, whitespace among them; anything else is a token of one character. */
export const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"?|-?\d[\d.eE+-]*|[A-Za-z]+|[{}[\],:]|\s+|[^]/gy

export type SpanKind = 'key' | 'string' | 'number' | 'word' | 'mark'

export function kindOf(token: string): SpanKind {
  if (token.startsWith('"')) return 'string'
  if (/^-?\d/.test(token)) return 'number'
  return /^[A-Za-z]/.test(token) ? 'word' : 'mark'
}

/** A value longer than this is shown with its end cut: no screen shows it, and laying it out would block. */
export const LONGEST_SPAN = 4_000
