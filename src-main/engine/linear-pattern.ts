import { RE2JS } from 're2js'

/** A regular expression whose match takes time linear in the text, whatever the expression is. */
export interface LinearPattern {
  found(text: string): boolean
  /** The first match at or after `from`, with its groups; null where there is none. */
  match(text: string, from: number): { start: number; groups: readonly (string | null)[] } | null
}

/** Throws an error whose message says what in the expression cannot be read: lookahead and backreferences cannot. */
export function linearPattern(
  source: string,
  flags: { ignoreCase?: boolean; multiline?: boolean } = {},
): LinearPattern {
  const pattern = RE2JS.compile(
    source,
    (flags.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (flags.multiline ? RE2JS.MULTILINE : 0),
  )
  return {
    found: (text) => pattern.test(text),
    match(text, from) {
      const matcher = pattern.matcher(text)
      if (!matcher.find(from)) return null
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index))
      return { start: matcher.start(), groups }
    },
  }
}
