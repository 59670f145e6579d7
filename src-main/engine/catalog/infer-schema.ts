import type { JsonSchema } from '#shared/model/own-event-type.ts'

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/**
 * The JSON Schema of one sample: types, and which fields are there. It says no more than the sample shows for sure, so no
 * formats, no integers, no closed objects; null may become anything.
 */
export function inferSchema(sample: unknown): JsonSchema {
  return { $schema: DIALECT, ...schemaOf([sample]) }
}

/** What fits every one of the values. */
function schemaOf(values: readonly unknown[]): JsonSchema {
  if (values.includes(null)) return {}
  const types = [...new Set(values.map(typeOf))]
  const [type, ...others] = types
  if (type === undefined) return {}
  return {
    type: others.length === 0 ? type : types,
    ...objectPart(values.filter(isObject)),
    ...arrayPart(values.filter(Array.isArray)),
  }
}

function objectPart(objects: readonly Record<string, unknown>[]): JsonSchema {
  if (objects.length === 0) return {}
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  const having = (name: string) => objects.filter((object) => Object.hasOwn(object, name))
  const required = names.filter((name) => having(name).length === objects.length)
  return {
    properties: Object.fromEntries(names.map((name) => [name, schemaOf(having(name).map((object) => object[name]))])),
    ...(required.length > 0 && { required }),
  }
}

function arrayPart(arrays: readonly unknown[][]): JsonSchema {
  const items = arrays.flat()
  return items.length === 0 ? {} : { items: schemaOf(items) }
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
