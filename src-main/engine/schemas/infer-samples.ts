import type { JsonSchema } from '#shared/model/own-event-type.ts'

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/** So few samples do not show what a text always is. */
const FEWEST_FOR_FORMATS = 2
/** More keys than this are no fields: the object is a map. */
const MOST_FIELDS = 200

/** What text may be, the narrowest first. */
const FORMATS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ['date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['email', /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/],
  ['uri', /^[a-z][a-z\d+.-]{1,20}:\/\/\S+$/i],
  ['ipv4', /^(?:\d{1,3}\.){3}\d{1,3}$/],
]

/**
 * The JSON Schema of captured bodies: a field is required where all have it, has each type that was seen, and a format
 * where every text has it. It says nothing of fields that none of them has.
 */
export function inferFromSamples(samples: readonly unknown[]): JsonSchema {
  return { $schema: DIALECT, ...schemaOf(samples) }
}

function schemaOf(values: readonly unknown[]): JsonSchema {
  const types = typesOf(values)
  if (types.length === 0 || (types.length === 1 && types[0] === 'null')) return {}
  return {
    type: types.length === 1 ? types[0]! : types,
    ...textPart(values.filter((value) => typeof value === 'string')),
    ...objectPart(values.filter(isObject)),
    ...listPart(values.filter(Array.isArray)),
  }
}

function typesOf(values: readonly unknown[]): string[] {
  const types = new Set(values.map(typeOf))
  // A whole number is a number, too.
  if (types.has('number')) types.delete('integer')
  return [...types].toSorted((a, b) => Number(a === 'null') - Number(b === 'null'))
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function textPart(texts: readonly string[]): JsonSchema {
  if (texts.length < FEWEST_FOR_FORMATS) return {}
  const format = FORMATS.find(([, pattern]) => texts.every((text) => pattern.test(text)))
  return format === undefined ? {} : { format: format[0] }
}

function objectPart(objects: readonly Record<string, unknown>[]): JsonSchema {
  if (objects.length === 0) return {}
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  const having = (name: string) => objects.filter((object) => Object.hasOwn(object, name)).map((object) => object[name])
  if (names.length > MOST_FIELDS) {
    return { additionalProperties: schemaOf(objects.flatMap((object) => Object.values(object))) }
  }
  const required = names.filter((name) => objects.every((object) => Object.hasOwn(object, name)))
  return {
    properties: Object.fromEntries(names.map((name) => [name, schemaOf(having(name))])),
    ...(required.length > 0 && { required }),
  }
}

function listPart(lists: readonly unknown[][]): JsonSchema {
  const items = lists.flat()
  return items.length === 0 ? {} : { items: schemaOf(items) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
