import type { ErrorObject } from 'ajv'
import { formatJsonPath, pathOfKeys } from '#shared/model/filter/language/json-path.ts'
import type { JsonSchema } from '#shared/model/own-event-type.ts'
import type { DriftFinding } from '#shared/model/schema/drift.ts'
import { pointerKeys } from '../catalog/event-schema.ts'

/** More would be told by nobody. */
const MOST_FINDINGS = 100

/** A schema to hold bodies against. */
export interface TypeSchema {
  schema: JsonSchema
  /** Read off one sample: what is missing from others then says little, and is only told. */
  isInferred: boolean
  check(value: unknown): readonly ErrorObject[]
}

type Keys = readonly (string | number)[]

/** What of a body differs from its type’s schema: what does not fit, and fields that the schema does not know. */
export function findDrift({ schema, isInferred, check }: TypeSchema, value: unknown): DriftFinding[] {
  const misfits = check(value).map((error) => toFinding(error, value, isInferred))
  const known = new Set(misfits.map(({ path }) => path))
  const added = newFields(schema, value, []).filter(({ path }) => !known.has(path))
  return [...misfits, ...added].slice(0, MOST_FINDINGS)
}

/** How many of the findings mean that the body does not fit. */
export function countBreaks(findings: readonly DriftFinding[]): number {
  return findings.filter(({ breaks }) => breaks).length
}

function toFinding(
  { keyword, instancePath, params, message }: ErrorObject,
  value: unknown,
  isInferred: boolean,
): DriftFinding {
  const keys = keysIn(value, pointerKeys(instancePath))
  const there = valueAt(value, keys)
  if (keyword === 'required') {
    const path = pathTo([...keys, String(params['missingProperty'])])
    return { kind: 'missing', path, expected: 'a value', found: null, breaks: !isInferred }
  }
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
    const key = String(params['additionalProperty'] ?? params['unevaluatedProperty'])
    const found = typeWord(valueAt(value, [...keys, key]))
    return { kind: 'new', path: pathTo([...keys, key]), expected: 'nothing', found, breaks: true }
  }
  if (keyword === 'type') {
    const type: unknown = params['type']
    const expected = Array.isArray(type) ? type.join(' or ') : String(type)
    return { kind: 'type', path: pathTo(keys), expected, found: typeWord(there), breaks: true }
  }
  return {
    kind: 'value',
    path: pathTo(keys),
    expected: `${message ?? 'another value'}${allowedWords(params)}`.slice(0, 200),
    found: typeWord(there),
    breaks: true,
  }
}

function allowedWords(params: Readonly<Record<string, unknown>>): string {
  const allowed = params['allowedValues'] ?? params['allowedValue']
  return allowed === undefined ? '' : `: ${JSON.stringify(allowed)}`
}

/** Fields that a schema neither names nor forbids. */
function newFields(schema: unknown, value: unknown, keys: Keys): DriftFinding[] {
  if (!isRecord(schema)) return []
  if (Array.isArray(value)) {
    const seen = new Map<string, DriftFinding>()
    value.forEach((item, index) => {
      for (const finding of newFields(schema['items'], item, [...keys, index]))
        // The same field of every element is one finding.
        seen.set(
          finding.path.replaceAll(/\[\d+\]/g, '[*]'),
          seen.get(finding.path.replaceAll(/\[\d+\]/g, '[*]')) ?? finding,
        )
    })
    return [...seen.values()]
  }
  if (!isRecord(value) || !isRecord(schema['properties'])) return []
  const { properties } = schema
  const isOpen = ['additionalProperties', 'patternProperties', 'allOf', 'anyOf', 'oneOf', '$ref'].some(
    (word) => word in schema,
  )
  return Object.entries(value).flatMap(([key, inner]): DriftFinding[] => {
    const here = [...keys, key]
    if (Object.hasOwn(properties, key)) return newFields(properties[key], inner, here)
    return isOpen ? [] : [{ kind: 'new', path: pathTo(here), expected: null, found: typeWord(inner), breaks: false }]
  })
}

/** Places of lists as numbers. */
function keysIn(value: unknown, pointer: readonly string[]): (string | number)[] {
  const keys: (string | number)[] = []
  let inner = value
  for (const key of pointer) {
    keys.push(Array.isArray(inner) ? Number(key) : key)
    inner = valueAt(inner, [key])
  }
  return keys
}

function valueAt(value: unknown, keys: Keys): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined,
    value,
  )
}

function pathTo(keys: Keys): string {
  return formatJsonPath(pathOfKeys(keys))
}

function typeWord(value: unknown): string | null {
  if (value === undefined) return null
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
