import type { EventFilter, EventTest } from '#shared/model/filter/meaning/event-filter.ts'
import { folded } from '#shared/model/filter/meaning/search-text.ts'
import type { JsonPath } from '#shared/model/filter/language/json-path.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { DEEP_TERM, indexPath, keyPath, LONG_TERM } from './event-terms.ts'
import { factTerm } from './term-hash.ts'
import { spelled, termsOfText } from './text-terms.ts'
import { comparedTerms } from './value-order.ts'

/** So many terms of one text narrow it down enough. */
const MOST_TERMS = 24

/**
 * What the index may be asked for a filter: each clause names every event of a project that may fit, and others. Null
 * where the index can tell nothing.
 */
export function clausesOf(projectId: ProjectId, filter: EventFilter): string[] | null {
  const clauses = filter.flatMap((test) => (test.negated ? [] : (clausesOfTest(test) ?? [])))
  return clauses.length === 0 ? null : [...new Set([term(factTerm('project', projectId)), ...clauses])]
}

/** What all of these clauses name. */
export function matchOf(clauses: readonly string[]): string {
  return clauses.join(' AND ')
}

/** Texts shorter than a term are found by what begins with them, which may be nearly everything. */
export function hasShortText(filter: EventFilter): boolean {
  return filter.some((test) => test.kind === 'text' && !test.negated && termsOfText(folded(test.text)).length === 0)
}

function clausesOfTest(test: EventTest): string | string[] | null {
  switch (test.kind) {
    case 'text':
      return textClauses(folded(test.text))
    case 'type':
      return test.types.includes('*') ? null : any(test.types.map(typeClause))
    case 'source':
      return facts('source', test.sourceIds)
    case 'provider':
      return facts('provider', test.providers)
    case 'origin':
      return facts('origin', test.origins)
    case 'capture':
      return facts('capture', test.captures)
    case 'verdict':
      return facts('verdict', test.verdicts)
    case 'header':
      return term(test.value === null ? factTerm('header', test.name) : factTerm('header value', test.name, test.value))
    case 'json':
      return jsonClause(test.path, test.test)
    case 'event':
    case 'edited':
    case 'time':
    case 'delivery':
      return null
  }
}

function facts(kind: string, values: readonly string[]): string {
  return any(values.map((value) => term(factTerm(kind, value))))
}

function typeClause(type: string): string {
  if (!type.endsWith('.*')) return term(factTerm('type', type))
  return any([term(factTerm('types', type.slice(0, -1))), term(factTerm('type', type))])
}

function textClauses(text: string): string | string[] {
  const terms = termsOfText(text)
  if (terms.length === 0) return `${term(spelled(text))} *`
  // Evenly over the text, so that a common beginning does not take all places.
  const step = Math.max(1, terms.length / MOST_TERMS)
  return Array.from({ length: Math.min(terms.length, MOST_TERMS) }, (_, index) =>
    term(terms[Math.floor(index * step)]!),
  )
}

type JsonTest = Extract<EventTest, { kind: 'json' }>['test']

/** What lies deeper than the index holds is looked for in every event that has such, and the value's own letters. */
function jsonClause(path: JsonPath, test: JsonTest): string {
  const name = path.reduce((before, step) => (step.kind === 'key' ? keyPath(before, step.key) : indexPath(before)), '')
  if (test?.comparison !== '=') {
    const compared = test && comparedTerms(name, test.comparison, test.operand)
    return any([...(compared ?? [factTerm('path', name)]), DEEP_TERM].map(term))
  }
  const { text, isQuoted } = test.operand
  const number = isQuoted ? Number.NaN : Number(text)
  const readings = new Set([text, ...(Number.isNaN(number) ? [] : [String(number)])])
  const known = [...readings].map((reading) => term(factTerm('value', name, reading)))
  // A number may be written in several ways.
  const letters = Number.isNaN(number) ? termsOfText(folded(text)).slice(0, MOST_TERMS) : []
  const deep =
    letters.length === 0 ? term(DEEP_TERM) : all([term(DEEP_TERM), any([all(letters.map(term)), term(LONG_TERM)])])
  return any([...known, deep])
}

function term(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function all(clauses: readonly string[]): string {
  return clauses.length === 1 ? clauses[0]! : `(${clauses.join(' AND ')})`
}

function any(clauses: readonly string[]): string {
  return clauses.length === 1 ? clauses[0]! : `(${clauses.join(' OR ')})`
}
