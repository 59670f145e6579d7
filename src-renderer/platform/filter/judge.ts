import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { EventSummary } from '#shared/contract/events.ts'
import { anyTakesType } from '#shared/model/event-type-filter.ts'
import type { FilterSubject, FilterTerm } from '#shared/model/filter/language/filter-term.ts'
import { instantOf } from '#shared/model/filter/language/filter-time.ts'
import { parseFilter } from '#shared/model/filter/language/parse-filter.ts'

/** Whether a row belongs to a filtered list, as far as the window can tell; null where only the engine knows. */
export type Judgement = boolean | null

/** Of an event that just came, judged by what a list shows of it; `now` in unix ms. */
export function judgeEvent(filter: string, event: EventSummary, now: number): Judgement {
  return judge(filter, 'events', (term) => eventHolds(term, event, now))
}

/** Of a delivery as it stands, judged likewise. */
export function judgeDelivery(filter: string, delivery: DeliveryView, now: number): Judgement {
  return judge(filter, 'deliveries', (term) => deliveryHolds(term, delivery, now))
}

/** Whether what belongs to a list of events hangs on how their deliveries stand. */
export function asksDeliveries(filter: string): boolean {
  return termsOf(filter, 'events').some((term) => term.kind === 'status' || isOfDelivery(term))
}

/** One term that surely fails decides, whatever the others would say. */
function judge(filter: string, subject: FilterSubject, holds: (term: FilterTerm) => Judgement): Judgement {
  const judged = termsOf(filter, subject).map((term) => {
    const held = holds(term)
    return held === null ? null : held !== term.negated
  })
  if (judged.includes(false)) return false
  return judged.includes(null) ? null : true
}

function isOfDelivery(term: FilterTerm): boolean {
  return term.kind === 'named' && ['state', 'endpoint', 'reason'].includes(term.key)
}

function eventHolds(term: FilterTerm, event: EventSummary, now: number): Judgement {
  if (term.kind === 'time') return isWithin(Date.parse(event.receivedAt), term, now)
  if (term.kind !== 'named') return null
  const { values } = term
  switch (term.key) {
    case 'event':
      return isOne(values, event.id)
    case 'edited':
      return isOne(values, event.editedFrom)
    case 'type':
      return anyTakesType(values, event.type)
    case 'source':
      return isOne(values, event.source) || isOne(values, event.sourceId)
    case 'provider':
      return isOne(values, event.provider)
    case 'origin':
      return isOne(values, event.origin)
    case 'capture':
      return isOne(values, event.capture)
    case 'verdict':
      return isOne(values, event.verdict?.verdict ?? null)
    default:
      return null
  }
}

function deliveryHolds(term: FilterTerm, delivery: DeliveryView, now: number): Judgement {
  if (term.kind === 'time') return isWithin(Date.parse(delivery.createdAt), term, now)
  if (term.kind !== 'named') return null
  const { values } = term
  switch (term.key) {
    case 'state':
      return isOne(values, delivery.state)
    case 'type':
      return anyTakesType(values, delivery.eventType)
    case 'event':
      return isOne(values, delivery.eventId)
    case 'replay':
      return isOne(values, delivery.replayId)
    case 'reason':
      return isOne(values, delivery.lastFailure)
    case 'endpoint':
      return isOne(values, delivery.endpointId ?? 'none') || hasName(values, delivery.endpointName)
    default:
      return null
  }
}

function isOne(values: readonly string[], value: string | null): boolean {
  return value !== null && values.includes(value)
}

/** Names are compared as the engine does: without regard to case. */
function hasName(values: readonly string[], name: string | null): boolean {
  return name !== null && values.some((value) => value.toLowerCase() === name.toLowerCase())
}

function isWithin(at: number, { key, time }: Extract<FilterTerm, { kind: 'time' }>, now: number): boolean {
  const limit = instantOf(time, now)
  return key === 'since' ? at >= limit : at < limit
}

/** The same few filters are judged with each change that the feed tells. */
const read = new Map<string, readonly FilterTerm[]>()
const MOST_READ = 20

function termsOf(filter: string, subject: FilterSubject): readonly FilterTerm[] {
  const key = `${subject} ${filter}`
  const known = read.get(key)
  if (known !== undefined) return known
  const { terms } = parseFilter(filter, subject)
  if (read.size >= MOST_READ) read.clear()
  read.set(key, terms)
  return terms
}
