import type { Delivery } from '../../delivery.ts'
import type { EventRecord } from '../../event.ts'
import type { Findings } from '../../findings.ts'
import { anyTakesType } from '../../event-type-filter.ts'
import { headerValues } from '../../header.ts'
import { parseJson } from '../../parse-json.ts'
import type { DeliveryFilter, DeliveryTest } from './delivery-filter.ts'
import type { EventFilter, EventTest } from './event-filter.ts'
import { comparesAs, valuesAt } from './json-test.ts'
import { folded, searchTexts } from './search-text.ts'

/** What is asked of an event's own content, beyond what its columns tell. */
export type ContentTest = Extract<EventTest, { kind: 'text' | 'header' | 'json' }>

export function isContentTest(test: EventTest): test is ContentTest {
  return test.kind === 'text' || test.kind === 'header' || test.kind === 'json'
}

type ContentEvent = Pick<EventRecord, 'type' | 'path' | 'query' | 'headers' | 'contentType'>

/** Whether an event's content passes each test; `body` is asked for at most once. */
export function contentPasses(tests: readonly ContentTest[], event: ContentEvent, readBody: () => Uint8Array): boolean {
  let body: Uint8Array | null = null
  let texts: string[] | null = null
  let json: { value: unknown } | null = null
  const bytes = () => (body ??= readBody())
  const jsonOf = () => (json ??= { value: parseJson(bytes()) }).value
  const textsOf = () => (texts ??= searchTexts(event, bytes()))

  function holds(test: ContentTest): boolean {
    switch (test.kind) {
      case 'text': {
        const wanted = folded(test.text)
        return textsOf().some((text) => text.includes(wanted))
      }
      case 'header': {
        const values = headerValues(event.headers, test.name)
        return test.value === null ? values.length > 0 : values.includes(test.value)
      }
      case 'json': {
        const found = valuesAt(jsonOf(), test.path).filter((value) => value !== undefined)
        const { test: wanted } = test
        return wanted === null
          ? found.length > 0
          : found.some((it) => comparesAs(it, wanted.comparison, wanted.operand))
      }
    }
  }
  return tests.every((test) => holds(test) !== test.negated)
}

/** A delivery as tests look at it: `statuses` are what its attempts were answered. */
export type TestedDelivery = Pick<
  Delivery,
  'state' | 'endpointId' | 'lastFailure' | 'eventType' | 'eventId' | 'replayId' | 'createdAt'
> & { statuses: readonly number[] }

export interface TestedEvent {
  event: EventRecord
  findings: Findings
  deliveries: readonly TestedDelivery[]
  body: Uint8Array
}

/** Whether a filter takes an event. */
export function eventPasses(filter: EventFilter, tested: TestedEvent): boolean {
  const content = filter.filter(isContentTest)
  const rest = filter.filter((test) => !isContentTest(test))
  return (
    rest.every((test) => columnsHold(test, tested) !== test.negated) &&
    contentPasses(content, tested.event, () => tested.body)
  )
}

function columnsHold(test: Exclude<EventTest, ContentTest>, { event, findings, deliveries }: TestedEvent): boolean {
  switch (test.kind) {
    case 'type':
      return anyTakesType(test.types, event.type)
    case 'source':
      return event.sourceId !== null && test.sourceIds.includes(event.sourceId)
    case 'provider':
      return event.provider !== null && test.providers.includes(event.provider)
    case 'origin':
      return test.origins.includes(event.origin)
    case 'capture':
      return test.captures.includes(event.capture)
    case 'verdict':
      return findings.verdict !== null && test.verdicts.includes(findings.verdict.verdict)
    case 'event':
      return test.eventIds.includes(event.id)
    case 'edited':
      return event.editedFrom !== null && test.eventIds.includes(event.editedFrom)
    case 'time':
      return isWithin(event.receivedAt, test)
    case 'delivery':
      return deliveries.some((delivery) => deliveryPasses(test.filter, delivery))
  }
}

/** Whether a filter takes a delivery. */
export function deliveryPasses(filter: DeliveryFilter, delivery: TestedDelivery): boolean {
  return filter.every((test) => deliveryHolds(test, delivery) !== test.negated)
}

function deliveryHolds(test: DeliveryTest, delivery: TestedDelivery): boolean {
  switch (test.kind) {
    case 'state':
      return test.states.includes(delivery.state)
    case 'endpoint':
      return test.endpointIds.includes(delivery.endpointId)
    case 'status':
      return delivery.statuses.some((status) => test.statuses.some(({ from, to }) => status >= from && status <= to))
    case 'reason':
      return delivery.lastFailure !== null && test.reasons.includes(delivery.lastFailure)
    case 'type':
      return anyTakesType(test.types, delivery.eventType)
    case 'event':
      return test.eventIds.includes(delivery.eventId)
    case 'replay':
      return delivery.replayId !== null && test.replayIds.includes(delivery.replayId)
    case 'time':
      return isWithin(delivery.createdAt, test)
  }
}

function isWithin(at: number, { since, until }: { since: number | null; until: number | null }): boolean {
  return (since === null || at >= since) && (until === null || at < until)
}
