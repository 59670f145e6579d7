import { describe, expect, it } from 'vitest'
import { schemaProblems } from '#main/engine/catalog/event-schema.ts'
import type { JsonSchema } from '#shared/model/own-event-type.ts'

describe('a schema with its sample', () => {
  it('PRV-7 names every place at which the sample does not fit', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: { 'a/b': { type: 'number' }, list: { items: { enum: ['x', 'y'] } } },
      required: ['id'],
    }
    expect(schemaProblems(schema, { 'a/b': 'one', list: ['x', 'z'] })).toEqual([
      { in: 'sample', path: [], message: "must have required property 'id'" },
      { in: 'sample', path: ['a/b'], message: 'must be number' },
      { in: 'sample', path: ['list', '1'], message: 'must be equal to one of the allowed values (["x","y"])' },
    ])
  })

  it('PRV-7 names what is wrong with the schema itself', () => {
    const problems = schemaProblems({ type: 'object', properties: { a: { type: 'text' } } }, {})
    expect(problems[0]).toMatchObject({ in: 'schema', path: ['properties', 'a', 'type'] })
  })

  it.each<[string, JsonSchema]>([
    ['a remote $ref', { $ref: 'https://schemas.example/order.json' }],
    ['a file', { properties: { a: { $ref: 'other.json#/a' } } }],
    ['a $dynamicRef', { items: { $dynamicRef: 'https://schemas.example/x#y' } }],
    ['a name of its own', { $id: 'https://schemas.example/order.json' }],
    ['another dialect', { $schema: 'http://json-schema.org/draft-07/schema#' }],
    ['a pattern that cannot be matched in linear time', { pattern: '(a+)\\1' }],
    ['a reference to nothing', { $ref: '#/$defs/missing' }],
  ])('PRV-7 refuses a schema with %s', (_what, schema) => {
    expect(schemaProblems(schema, {})).toMatchObject([{ in: 'schema' }])
  })

  it('PRV-7 follows references within the schema, also in a circle', () => {
    const schema: JsonSchema = {
      $defs: { node: { properties: { next: { $ref: '#/$defs/node' } }, required: ['id'] } },
      $ref: '#/$defs/node',
    }
    expect(schemaProblems(schema, { id: 1, next: { id: 2 } })).toEqual([])
    expect(schemaProblems(schema, { id: 1, next: {} })).toMatchObject([{ in: 'sample', path: ['next'] }])
  })

  it('PRV-7 matches a pattern in linear time, whatever it is', () => {
    const startedAt = performance.now()
    expect(schemaProblems({ pattern: '^(a+)+$' }, `${'a'.repeat(50_000)}!`)).toMatchObject([{ in: 'sample' }])
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  it('PRV-7 tells several patterns of a schema apart', () => {
    const schema: JsonSchema = { properties: { a: { pattern: '^a' }, b: { pattern: '^b' } } }
    expect(schemaProblems(schema, { a: 'ab', b: 'ba' })).toEqual([])
    expect(schemaProblems(schema, { a: 'ba', b: 'ba' })).toMatchObject([{ path: ['a'] }])
  })

  it('PRV-7 refuses what is too large or too deep before it looks at it', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`) as JsonSchema
    expect(schemaProblems(deep, 1)).toMatchObject([{ in: 'schema', message: expect.stringContaining('64 levels') }])
    expect(schemaProblems({}, deep)).toMatchObject([{ in: 'sample' }])
    expect(schemaProblems({ description: 'x'.repeat(70_000) }, 1)).toMatchObject([
      { in: 'schema', message: expect.stringContaining('64 KiB') },
    ])
    expect(schemaProblems({}, 'x'.repeat(300_000))).toMatchObject([{ in: 'sample' }])
  })
})
