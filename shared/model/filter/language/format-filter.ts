import type { FilterTerm, StatusRange } from './filter-term.ts'
import { formatFilterTime } from './filter-time.ts'
import { formatJsonPath } from './json-path.ts'
import { quoted } from './split-filter.ts'

/** A filter's text from its terms; read again, it gives the same terms, whatever the zone. */
export function formatFilter(terms: readonly FilterTerm[]): string {
  return terms.map(formatTerm).join(' ')
}

export function formatTerm(term: FilterTerm): string {
  return `${term.negated ? '-' : ''}${formatTest(term)}`
}

function formatTest(term: FilterTerm): string {
  switch (term.kind) {
    case 'text':
      return formatText(term.text)
    case 'named':
      return `${term.key}:${term.values.map((text) => bare(text, /[\s",]/)).join(',')}`
    case 'status':
      return `status:${term.statuses.map(formatStatus).join(',')}`
    case 'time':
      return `${term.key}:${formatFilterTime(term.time)}`
    case 'header':
      return `header:${term.name}${term.value === null ? '' : `=${bare(term.value)}`}`
    case 'json': {
      const path = formatJsonPath(term.path)
      return term.test === null ? path : `${path}${term.test.comparison}${quoted(term.test.operand)}`
    }
  }
}

function bare(text: string, special?: RegExp): string {
  return quoted({ text, isQuoted: false }, special)
}

/** In quotes wherever it would be read as something else. */
function formatText(text: string): string {
  return quoted({ text, isQuoted: /^[-$]|^[A-Za-z]+:/.test(text) })
}

function formatStatus({ from, to }: StatusRange): string {
  return from === to ? String(from) : `${from / 100}xx`
}
