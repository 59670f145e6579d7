import { headerValues } from '#shared/model/header.ts'
import { pathsOf, type EventFacts } from './event-facts.ts'

/**
 * The values that a path names: several where a header or query field comes more than once, none where it is absent.
 * Null where the path cannot be asked of this event, because its body is not JSON.
 */
export type Values = readonly unknown[] | null

export interface ConditionPath {
  /** Whether its values are text on the wire, so that a number in a condition means its digits. */
  textual: boolean
  values(facts: EventFacts): Values
}

/** Where the path leads, or null where it begins with nothing known. A full stop in a key is written `\.`. */
export function conditionPath(path: string): ConditionPath | null {
  const [root = '', ...rest] = path.split('.')
  const name = rest.join('.')
  switch (root) {
    case 'body':
      return bodyPath(rest.length === 0 ? [] : segmentsOf(name))
    case 'headers':
      return name === '' ? null : text(({ event }) => headerValues(event.headers, name))
    case 'query':
      return name === '' ? null : text(({ query }) => query().getAll(name))
    case 'path':
      return name === '' ? text(({ event }) => pathsOf(event.path)) : null
    case 'method':
      return name === '' ? text(({ event }) => [event.method]) : null
    case 'type':
      return name === '' ? text(({ event }) => [event.type]) : null
    case 'source':
      return name === '' ? text(({ source }) => (source ? [source.slug, source.id] : [])) : null
    default:
      return null
  }
}

function text(values: (facts: EventFacts) => readonly string[]): ConditionPath {
  return { textual: true, values }
}

function bodyPath(segments: readonly string[]): ConditionPath {
  return {
    textual: false,
    values(facts) {
      const body = facts.body()
      return body === undefined ? null : valueAt(body, segments)
    },
  }
}

function segmentsOf(path: string): string[] {
  return path.split(/(?<!\\)\./).map((segment) => segment.replaceAll('\\.', '.'))
}

/** Own keys and array places only, so that nothing of a prototype is ever reached. */
function valueAt(body: unknown, segments: readonly string[]): unknown[] {
  let value = body
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null || !isOwnPlace(value, segment)) return []
    value = (value as Record<string, unknown>)[segment]
  }
  return [value]
}

function isOwnPlace(value: object, segment: string): boolean {
  return Object.hasOwn(value, segment) && (!Array.isArray(value) || /^\d+$/.test(segment))
}
