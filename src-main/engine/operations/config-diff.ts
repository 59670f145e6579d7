import type { EndpointConfig } from '#shared/model/endpoint.ts'
import { jsonEqual } from '../conditions/json-equal.ts'

/** One field that differs, as a path with full stops; null stands for absent. */
export interface FieldChange {
  field: string
  before: unknown
  after: unknown
}

/** Fields whose own fields are told apart. */
const NESTED = new Set(['policy', 'tls', 'settings'])

/** What differs between two configurations, field by field; all fields where there was none before. */
export function configDiff(before: EndpointConfig | null, after: EndpointConfig): readonly FieldChange[] {
  return fieldsDiff(before ?? {}, after)
}

/** The same of any fields. */
export function fieldsDiff(before: object, after: object): readonly FieldChange[] {
  return differing(before, after, '')
}

function differing(before: object, after: object, prefix: string): FieldChange[] {
  const [old, next] = [before as Record<string, unknown>, after as Record<string, unknown>]
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])]
  return keys.flatMap((key) => {
    const [was = null, is = null] = [own(old, key), own(next, key)]
    if (jsonEqual(was, is)) return []
    const field = `${prefix}${key}`
    if (NESTED.has(field) && isObject(was) && isObject(is)) return differing(was, is, `${field}.`)
    return [{ field, before: was, after: is }]
  })
}

function own(fields: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
