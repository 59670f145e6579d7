import type { DeliveryFilter, DeliveryTest } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { EventTest } from '#shared/model/filter/meaning/event-filter.ts'
import type { ContentTest } from '#shared/model/filter/meaning/event-passes.ts'

/** A condition, and the values of its parameters in their order. */
export interface Sql {
  text: string
  values: readonly (string | number)[]
}

const TRUE: Sql = { text: 'TRUE', values: [] }
const FALSE: Sql = { text: 'FALSE', values: [] }

export function allOf(parts: readonly Sql[]): Sql {
  return joined(parts, ' AND ', TRUE)
}

export function anyOf(parts: readonly Sql[]): Sql {
  return joined(parts, ' OR ', FALSE)
}

function joined(parts: readonly Sql[], by: string, none: Sql): Sql {
  const [first] = parts
  if (first === undefined) return none
  if (parts.length === 1) return first
  return { text: `(${parts.map(({ text }) => text).join(by)})`, values: parts.flatMap(({ values }) => values) }
}

function not({ text, values }: Sql): Sql {
  // What is not known does not hold.
  return { text: `NOT coalesce(${text}, FALSE)`, values }
}

function isOneOf(column: string, values: readonly (string | number)[]): Sql {
  if (values.length === 0) return FALSE
  return values.length === 1
    ? { text: `${column} = ?`, values }
    : { text: `${column} IN (${values.map(() => '?').join(', ')})`, values }
}

function keyOf(table: string, column: string, ids: readonly string[]): Sql {
  if (ids.length === 0) return FALSE
  if (ids.length === 1) return { text: `${column} = (SELECT key FROM ${table} WHERE id = ?)`, values: ids }
  const marks = ids.map(() => '?').join(', ')
  return { text: `${column} IN (SELECT key FROM ${table} WHERE id IN (${marks}))`, values: ids }
}

export function ofTypes(column: string, types: readonly string[]): Sql {
  return anyOf(types.map((type) => ofType(column, type)))
}

function ofType(column: string, type: string): Sql {
  if (type === '*') return TRUE
  if (!type.endsWith('.*')) return { text: `${column} = ?`, values: [type] }
  const prefix = type.slice(0, -1)
  // "/" follows "." in ASCII, so the range holds exactly what begins with the prefix.
  return {
    text: `(${column} = ? OR ${column} >= ? AND ${column} < ?)`,
    values: [type, prefix, `${prefix.slice(0, -1)}/`],
  }
}

function within(column: string, { since, until }: { since: number | null; until: number | null }): Sql {
  return allOf([
    ...(since === null ? [] : [{ text: `${column} >= ?`, values: [since] }]),
    ...(until === null ? [] : [{ text: `${column} < ?`, values: [until] }]),
  ])
}

/** What a test asks of the columns of the event `e` and its verdict `v`. */
export function eventSql(test: Exclude<EventTest, ContentTest>): Sql {
  const holds = positiveEventSql(test)
  return test.negated ? not(holds) : holds
}

function positiveEventSql(test: Exclude<EventTest, ContentTest>): Sql {
  switch (test.kind) {
    case 'type':
      return ofTypes('e.type', test.types)
    case 'source':
      return keyOf('sources', 'e.source_key', test.sourceIds)
    case 'provider':
      return isOneOf('e.provider', test.providers)
    case 'origin':
      return isOneOf('e.origin', test.origins)
    case 'capture':
      return isOneOf('e.capture', test.captures)
    case 'verdict':
      return isOneOf('v.verdict', test.verdicts)
    case 'event':
      return isOneOf('e.id', test.eventIds)
    case 'edited':
      return isOneOf('e.edited_from', test.eventIds)
    case 'time':
      return within('e.received_at', test)
    case 'delivery': {
      // Named, for an endpoint's or a replay's own index would be read through for each event.
      const from = 'deliveries d INDEXED BY deliveries_once'
      const { text, values } = deliveriesSql(test.filter)
      return { text: `EXISTS (SELECT 1 FROM ${from} WHERE d.event_key = e.key AND ${text})`, values }
    }
  }
}

/** What a filter asks of the delivery `d`. */
export function deliveriesSql(filter: DeliveryFilter): Sql {
  return allOf(filter.map((test) => (test.negated ? not(deliverySql(test)) : deliverySql(test))))
}

function deliverySql(test: DeliveryTest): Sql {
  switch (test.kind) {
    case 'state':
      return isOneOf('d.state', test.states)
    case 'endpoint': {
      const ids = test.endpointIds.filter((id) => id !== null)
      const bare = ids.length < test.endpointIds.length ? [{ text: 'd.endpoint_key IS NULL', values: [] }] : []
      return anyOf([...(ids.length > 0 ? [keyOf('endpoints', 'd.endpoint_key', ids)] : []), ...bare])
    }
    case 'status': {
      const { text, values } = anyOf(
        test.statuses.map(({ from, to }) => ({ text: 'a.status BETWEEN ? AND ?', values: [from, to] })),
      )
      return { text: `EXISTS (SELECT 1 FROM attempts a WHERE a.delivery_key = d.key AND ${text})`, values }
    }
    case 'reason':
      return isOneOf('d.last_failure', test.reasons)
    case 'type': {
      const { text, values } = ofTypes('t.type', test.types)
      return { text: `EXISTS (SELECT 1 FROM events t WHERE t.key = d.event_key AND ${text})`, values }
    }
    case 'event':
      return keyOf('events', 'd.event_key', test.eventIds)
    case 'replay':
      return keyOf('replays', 'd.replay_key', test.replayIds)
    case 'time':
      return within('d.created_at', test)
  }
}
