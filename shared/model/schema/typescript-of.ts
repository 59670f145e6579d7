import type { JsonSchema } from '../own-event-type.ts'

/** TypeScript that stands for a JSON Schema: an interface of this name, or a type where it is no object. */
export function typescriptOf(schema: JsonSchema, name: string): string {
  const typeName = typeNameOf(name)
  const body = typeOf(schema, '')
  return isOneObject(schema) && body.startsWith('{')
    ? `export interface ${typeName} ${body}\n`
    : `export type ${typeName} = ${body}\n`
}

function isOneObject(schema: JsonSchema): boolean {
  const [type, ...others] = typesOf(schema)
  return type === 'object' && others.length === 0
}

/** `order.paid` as `OrderPaid`. */
export function typeNameOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const joined = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
  return /^[A-Za-z]/.test(joined) ? joined : `Event${joined}`
}

function typeOf(schema: unknown, indent: string): string {
  if (!isRecord(schema)) return 'unknown'
  if (Array.isArray(schema['enum'])) return union(schema['enum'].map(literal))
  if ('const' in schema) return literal(schema['const'])
  for (const keyword of ['anyOf', 'oneOf']) {
    const choices = schema[keyword]
    if (Array.isArray(choices)) return union(choices.map((choice) => typeOf(choice, indent)))
  }
  const types = typesOf(schema)
  return types.length === 0 ? 'unknown' : union(types.map((type) => plainType(type, schema, indent)))
}

function typesOf(schema: Readonly<Record<string, unknown>>): string[] {
  const { type } = schema
  if (typeof type === 'string') return [type]
  if (Array.isArray(type)) return type.filter((each) => typeof each === 'string')
  return isRecord(schema['properties']) ? ['object'] : []
}

function plainType(type: string, schema: Readonly<Record<string, unknown>>, indent: string): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return listType(schema['items'], indent)
    case 'object':
      return objectType(schema, indent)
    default:
      return 'unknown'
  }
}

function listType(items: unknown, indent: string): string {
  const inner = typeOf(items, indent)
  return /[|{]/.test(inner) && !/^\{[^]*\}$/.test(inner) ? `(${inner})[]` : `${inner}[]`
}

function objectType(schema: Readonly<Record<string, unknown>>, indent: string): string {
  const { properties, required, additionalProperties } = schema
  if (!isRecord(properties)) {
    return `Record<string, ${isRecord(additionalProperties) ? typeOf(additionalProperties, indent) : 'unknown'}>`
  }
  const needed = new Set(Array.isArray(required) ? required : [])
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(([key, value]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)
    return `${commentOf(value, inner)}${inner}${name}${needed.has(key) ? '' : '?'}: ${typeOf(value, inner)}`
  })
  return lines.length === 0 ? 'Record<string, unknown>' : `{\n${lines.join('\n')}\n${indent}}`
}

function commentOf(schema: unknown, indent: string): string {
  if (!isRecord(schema)) return ''
  const words = [schema['description'], schema['format']].filter((word) => typeof word === 'string' && word !== '')
  return words.length === 0
    ? ''
    : `${indent}/** ${words.join(', ').replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n`
}

function literal(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'unknown' : (JSON.stringify(value) ?? 'unknown')
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ') || 'never'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
