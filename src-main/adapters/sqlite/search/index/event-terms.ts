import type { EventRecord } from '#shared/model/event.ts'
import type { EventVerdict } from '#shared/model/findings.ts'
import { searchTexts, SEARCHED_BODY_BYTES } from '#shared/model/filter/meaning/search-text.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import { factTerm } from './term-hash.ts'
import { createTextTerms } from './text-terms.ts'
import { orderTerms } from './value-order.ts'

/** So many values of a JSON body are found by their path; deeper ones by looking at the body. */
const MOST_VALUES = 64
/** Longer bodies are not read as JSON for the index. */
const LONGEST_JSON_BYTES = 1024 * 1024

export interface IndexedEvent {
  event: EventRecord
  verdict: EventVerdict['verdict'] | null
  /** Asked for at most once, and only for bodies that are indexed whole. */
  body(): Uint8Array
  bodyStart(bytes: number): Uint8Array
}

/** The events whose body says more than the index holds of it. */
export const DEEP_TERM = factTerm('deep')
/** Those of which not all text is in the index. */
export const LONG_TERM = factTerm('long')

/** Makes of an event the text whose words are its terms. */
export function createEventTerms(): (indexed: IndexedEvent) => string {
  const texts = createTextTerms()
  return (indexed) => {
    const facts = new Set<string>(columnFacts(indexed))
    const { event } = indexed
    const isWhole = event.bodySizeBytes <= LONGEST_JSON_BYTES
    const body = isWhole ? indexed.body() : indexed.bodyStart(SEARCHED_BODY_BYTES)
    for (const text of searchTexts(event, body)) texts.add(text)
    for (const fact of headerFacts(event)) facts.add(fact)
    if (event.bodySizeBytes > SEARCHED_BODY_BYTES) facts.add(LONG_TERM)
    if (!isWhole) facts.add(DEEP_TERM)
    else if (mayBeJson(body)) addJsonFacts(parseJson(body), facts)
    return `${texts.take()} ${[...facts].join(' ')}`
  }
}

function columnFacts({ event, verdict }: IndexedEvent): string[] {
  const { projectId, sourceId, type, provider, origin, capture } = event
  return [
    factTerm('project', projectId),
    ...(sourceId === null ? [] : [factTerm('source', sourceId)]),
    ...(provider === null ? [] : [factTerm('provider', provider)]),
    ...(verdict === null ? [] : [factTerm('verdict', verdict)]),
    factTerm('origin', origin),
    factTerm('capture', capture),
    factTerm('type', type),
    ...[...type.matchAll(/\./g)].map(({ index }) => factTerm('types', type.slice(0, index + 1))),
  ]
}

function headerFacts({ headers }: EventRecord): string[] {
  return headers.flatMap(([name, value]) => {
    const known = name.toLowerCase()
    return [factTerm('header', known), factTerm('header value', known, value)]
  })
}

/** Whether it is worth a try: all else is told by its first letter. */
function mayBeJson(body: Uint8Array): boolean {
  const first = body.find((byte) => byte > 32)
  return first !== undefined && '{["-0123456789tfn'.includes(String.fromCharCode(first))
}

function addJsonFacts(root: unknown, facts: Set<string>): void {
  if (root === undefined) return
  let left = MOST_VALUES

  function visit(value: unknown, path: string): void {
    if (left <= 0) return void facts.add(DEEP_TERM)
    facts.add(factTerm('path', path))
    if (typeof value !== 'object' || value === null) {
      left -= 1
      facts.add(factTerm('value', path, String(value)))
      for (const term of orderTerms(path, value)) facts.add(term)
    } else if (Array.isArray(value)) {
      for (const each of value) visit(each, indexPath(path))
    } else {
      for (const [key, each] of Object.entries(value)) visit(each, keyPath(path, key))
    }
  }
  visit(root, '')
}

/** A path as its terms know it: all places of an array are one. */
export function keyPath(path: string, key: string): string {
  return `${path}\u0000${key}`
}

export function indexPath(path: string): string {
  return `${path}\u0001`
}
