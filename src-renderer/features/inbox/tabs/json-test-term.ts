import { formatTerm } from '#shared/model/filter/language/format-filter.ts'
import { formatJsonPath, type JsonPath } from '#shared/model/filter/language/json-path.ts'
import { parseFilter } from '#shared/model/filter/language/parse-filter.ts'

/** A filter narrowed to the events that have this value at this place, in place of what it asked of it before. */
export function withJsonTest(filter: string, path: JsonPath, value: string | number | boolean | null): string {
  const operand = { text: String(value), isQuoted: typeof value === 'string' && readsAsAnother(value) }
  const term = formatTerm({ kind: 'json', path, test: { comparison: '=', operand }, negated: false })
  const others = parseFilter(filter, 'events').tokens.filter(
    (token) => token.term?.kind !== 'json' || formatJsonPath(token.term.path) !== formatJsonPath(path),
  )
  return [...others.map(({ written }) => written), term].join(' ')
}

/** Whether a string, written bare, would also fit a number, `true`, `false` or `null`. */
function readsAsAnother(text: string): boolean {
  return /^(?:true|false|null|-?\d[\d.eE+-]*)$/.test(text)
}
