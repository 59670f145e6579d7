import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonSchema } from '#shared/model/own-event-type.ts'
import { compileSchema } from '#main/engine/catalog/event-schema.ts'
import { countBreaks, findDrift } from '#main/engine/schemas/find-drift.ts'
import { inferFromSamples } from '#main/engine/schemas/infer-samples.ts'

const held = (schema: JsonSchema, isInferred = false) => ({ schema, isInferred, check: compileSchema(schema) })

const SCHEMA: JsonSchema = {
  type: 'object',
  required: ['id', 'items'],
  properties: {
    id: { type: 'string' },
    status: { enum: ['open', 'paid'] },
    items: { type: 'array', items: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } } },
    closed: { type: 'object', properties: { a: { type: 'number' } }, additionalProperties: false },
  },
}

it('RPL-8 tells what is missing, new, of another type, or of another value, each by its path', () => {
  const body = {
    status: 'void',
    items: [{ sku: 1, color: 'red' }, { sku: 'b', color: 'blue' }, {}],
    closed: { a: 1, b: 2 },
    'a b': null,
  }
  const findings = findDrift(held(SCHEMA), body)
  expect(findings).toEqual(
    expect.arrayContaining([
      { kind: 'missing', path: '$.id', expected: 'a value', found: null, breaks: true },
      { kind: 'missing', path: '$.items[2].sku', expected: 'a value', found: null, breaks: true },
      { kind: 'type', path: '$.items[0].sku', expected: 'string', found: 'number', breaks: true },
      { kind: 'value', path: '$.status', expected: expect.stringContaining('allowed'), found: 'string', breaks: true },
      { kind: 'new', path: '$.closed.b', expected: 'nothing', found: 'number', breaks: true },
      { kind: 'new', path: '$.items[0].color', expected: null, found: 'string', breaks: false },
      { kind: 'new', path: '$["a b"]', expected: null, found: 'null', breaks: false },
    ]),
  )
  expect(findings).toHaveLength(7)
  expect(countBreaks(findings)).toBe(5)
})

it('RPL-8 a field that one sample had is not missed, but another type of it is', () => {
  const schema = inferFromSamples([{ id: 'a', extra: 1 }])
  const findings = findDrift(held(schema, true), { id: 1 })
  expect(findings).toEqual([
    { kind: 'missing', path: '$.extra', expected: 'a value', found: null, breaks: false },
    { kind: 'type', path: '$.id', expected: 'string', found: 'number', breaks: true },
  ])
})

it('RPL-8 finds nothing in what fits, and something in whatever does not', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (sample, other) => {
      const schema = inferFromSamples([sample])
      expect(findDrift(held(schema), sample)).toEqual([])
      const misfits = compileSchema(schema)(other).length
      expect(countBreaks(findDrift(held(schema), other)) > 0).toBe(misfits > 0)
    }),
    { numRuns: 100 },
  )
})

it('RPL-8 a schema that cannot be used marks nothing', () => {
  expect(findDrift(held({ $ref: 'https://elsewhere.example/schema' }), { a: 1 })).toEqual([])
  expect(findDrift(held({ pattern: '(' }), 'a')).toEqual([])
})
