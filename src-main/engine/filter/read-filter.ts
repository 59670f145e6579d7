import type { DeliveryFilter, DeliveryTest } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { EventFilter, EventTest } from '#shared/model/filter/meaning/event-filter.ts'
import type { FilterSubject, FilterTerm, NamedKey } from '#shared/model/filter/language/filter-term.ts'
import { instantOf } from '#shared/model/filter/language/filter-time.ts'
import { parseFilter } from '#shared/model/filter/language/parse-filter.ts'
import { DeliveryState } from '#shared/model/delivery.ts'
import { Capture, EventOrigin } from '#shared/model/event.ts'
import { FailureCode } from '#shared/model/failure.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { Verdict } from '#shared/model/verdict.ts'
import { endpointsNamed, eventNamed, invalidFilter, replayNamed, sourceNamed, type NamedThings } from './names.ts'

export interface FilterContext {
  registry: NamedThings
  projectId: ProjectId
  /** Unix ms: what `since:2h` counts from. */
  now: number
}

type Named = Extract<FilterTerm, { kind: 'named' }>

/** What a filter's text asks of events. Throws `AppError` `invalid_filter`, which names the part that cannot be read. */
export function readEventFilter(text: string, context: FilterContext): EventFilter {
  const tests: EventTest[] = []
  // What is asked of deliveries is asked of one and the same.
  const ofOne: DeliveryTest[] = []
  for (const term of termsOf(text, 'events')) {
    const test = deliveryTest(term, context)
    if (test === null) tests.push(eventTest(term, context))
    else if (test.negated) tests.push({ kind: 'delivery', negated: true, filter: [{ ...test, negated: false }] })
    else ofOne.push(test)
  }
  if (ofOne.length > 0) tests.push({ kind: 'delivery', negated: false, filter: ofOne })
  return tests
}

/** What a filter's text asks of deliveries. Throws `AppError` `invalid_filter`, as above. */
export function readDeliveryFilter(text: string, context: FilterContext): DeliveryFilter {
  return termsOf(text, 'deliveries').map((term): DeliveryTest => {
    if (term.kind === 'time') return timeTest(term, context)
    const test = deliveryTest(term, context)
    if (test) return test
    const { negated } = term
    if (term.kind === 'named') {
      if (term.key === 'type') return { kind: 'type', types: term.values, negated }
      if (term.key === 'event') return { kind: 'event', eventIds: term.values.map(eventNamed), negated }
      if (term.key === 'replay') return { kind: 'replay', replayIds: term.values.map(replayNamed), negated }
    }
    throw new Error(`a filter of deliveries holds ${term.kind}`)
  })
}

function termsOf(text: string, subject: FilterSubject): readonly FilterTerm[] {
  const { terms, problem } = parseFilter(text, subject)
  if (problem) throw invalidFilter(problem.message, problem.hint)
  return terms
}

function timeTest(term: Extract<FilterTerm, { kind: 'time' }>, { now }: FilterContext) {
  const at = instantOf(term.time, now)
  const [since, until] = term.key === 'since' ? [at, null] : [null, at]
  return { kind: 'time', since, until, negated: false } as const
}

/** A term that asks something of a delivery, whether of its own or of an event's; null for any other. */
function deliveryTest(term: FilterTerm, { registry, projectId }: FilterContext): DeliveryTest | null {
  const { negated } = term
  if (term.kind === 'status') return { kind: 'status', statuses: term.statuses, negated }
  if (term.kind !== 'named') return null
  switch (term.key) {
    case 'state':
      return { kind: 'state', states: words(term, DeliveryState.options), negated }
    case 'reason':
      return { kind: 'reason', reasons: words(term, FailureCode.options), negated }
    case 'endpoint': {
      const endpointIds = term.values.flatMap((name) => endpointsNamed(registry, projectId, name))
      return { kind: 'endpoint', endpointIds, negated }
    }
    default:
      return null
  }
}

function eventTest(term: FilterTerm, context: FilterContext): EventTest {
  switch (term.kind) {
    case 'text':
    case 'header':
    case 'json':
      return term
    case 'time':
      return timeTest(term, context)
    case 'named':
      return namedEventTest(term, context)
    case 'status':
      throw new Error('a status is asked of deliveries')
  }
}

function namedEventTest(term: Named, { registry, projectId }: FilterContext): EventTest {
  const { key, values, negated } = term
  switch (key) {
    case 'type':
      return { kind: 'type', types: values, negated }
    case 'source':
      return { kind: 'source', sourceIds: values.map((name) => sourceNamed(registry, projectId, name)), negated }
    case 'provider':
      return { kind: 'provider', providers: values, negated }
    case 'origin':
      return { kind: 'origin', origins: words(term, EventOrigin.options), negated }
    case 'capture':
      return { kind: 'capture', captures: words(term, Capture.options), negated }
    case 'verdict':
      return { kind: 'verdict', verdicts: words(term, Verdict.shape.verdict.options), negated }
    case 'event':
      return { kind: 'event', eventIds: values.map(eventNamed), negated }
    case 'edited':
      return { kind: 'edited', eventIds: values.map(eventNamed), negated }
    case 'state':
    case 'endpoint':
    case 'reason':
    case 'replay':
      throw wrongKey(key)
  }
}

function wrongKey(key: NamedKey): Error {
  return new Error(`“${key}” does not narrow events`)
}

/** The parser has let through only those known. */
function words<W extends string>({ values }: Named, known: readonly W[]): W[] {
  return known.filter((word) => values.includes(word))
}
