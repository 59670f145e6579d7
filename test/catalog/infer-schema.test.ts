import { describe, expect, it } from 'vitest'
import { schemaProblems } from '#main/engine/catalog/event-schema.ts'
import { inferSchema } from '#main/engine/catalog/infer-schema.ts'
import { providers } from '#main/providers/index.ts'

const DIALECT = { $schema: 'https://json-schema.org/draft/2020-12/schema' }

describe('the schema of a sample', () => {
  it('PRV-7 tells types and which fields are there, and nothing closer', () => {
    expect(inferSchema({ id: 'a', total: 49, paid: true, address: { city: 'Graz' } })).toEqual({
      ...DIALECT,
      type: 'object',
      properties: {
        id: { type: 'string' },
        total: { type: 'number' },
        paid: { type: 'boolean' },
        address: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
      required: ['id', 'total', 'paid', 'address'],
    })
  })

  it('PRV-7 merges the entries of a list: what only some of them have is not required', () => {
    expect(inferSchema([{ a: 1, b: 'x' }, { a: 'one' }])).toEqual({
      ...DIALECT,
      type: 'array',
      items: {
        type: 'object',
        properties: { a: { type: ['number', 'string'] }, b: { type: 'string' } },
        required: ['a'],
      },
    })
  })

  it('PRV-7 lets null become anything, and an empty list hold anything', () => {
    expect(inferSchema({ note: null, list: [] })).toEqual({
      ...DIALECT,
      type: 'object',
      properties: { note: {}, list: { type: 'array' } },
      required: ['note', 'list'],
    })
  })

  it('PRV-7 takes a field called __proto__ for a field', () => {
    const schema = inferSchema(JSON.parse('{"__proto__":{"a":1}}'))
    expect(JSON.parse(JSON.stringify(schema))).toMatchObject({ required: ['__proto__'] })
    expect(schemaProblems(schema, {})).toMatchObject([{ in: 'sample' }])
  })

  it('PRV-7 takes further fields and other numbers than the sample has', () => {
    const schema = inferSchema({ total: 49 })
    expect(schemaProblems(schema, { total: 49.5, more: 1 })).toEqual([])
    expect(schemaProblems(schema, { total: '49' })).toEqual([
      { in: 'sample', path: ['total'], message: 'must be number' },
    ])
  })
})

describe.each(providers)('the event types of $id', ({ eventTypes }) => {
  it.each(eventTypes)('PRV-7 $name has a sample that fits its schema', ({ sample, schema }) => {
    expect(schemaProblems(schema ?? inferSchema(sample), sample)).toEqual([])
  })
})
