import fc from 'fast-check'
import { expect, it } from 'vitest'
import { typescriptOf, typeNameOf } from '#shared/model/schema/typescript-of.ts'
import { schemaProblems } from '#main/engine/catalog/event-schema.ts'
import { inferFromSamples } from '#main/engine/schemas/infer-samples.ts'

const partOf = (samples: unknown[]) => {
  const { $schema: _dialect, ...schema } = inferFromSamples(samples)
  return schema
}

it('RPL-5 every field has the types that were seen, is required where all have it, and has a format where all text has it', () => {
  const samples = [
    {
      id: 1,
      at: '2026-11-20T10:00:00Z',
      note: 'a',
      total: 1,
      customer: { email: 'a@x.example' },
      items: [{ sku: 'a' }],
    },
    {
      id: 2,
      at: '2026-11-20T11:00:00Z',
      note: null,
      total: 1.5,
      customer: { email: 'b@x.example' },
      items: [{ sku: 'b', n: 1 }],
    },
  ]
  expect(partOf(samples)).toEqual({
    type: 'object',
    properties: {
      id: { type: 'integer' },
      at: { type: 'string', format: 'date-time' },
      note: { type: ['string', 'null'] },
      total: { type: 'number' },
      customer: {
        type: 'object',
        properties: { email: { type: 'string', format: 'email' } },
        required: ['email'],
      },
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: { sku: { type: 'string' }, n: { type: 'integer' } },
          required: ['sku'],
        },
      },
    },
    required: ['id', 'at', 'note', 'total', 'customer', 'items'],
  })
})

it('RPL-5 says nothing that the samples do not show', () => {
  expect(partOf([])).toEqual({})
  expect(partOf([null])).toEqual({})
  expect(partOf([[], []])).toEqual({ type: 'array' })
  expect(partOf(['2026-11-20T10:00:00Z'])).toEqual({ type: 'string' })
  expect(partOf(['2026-11-20', 'x'])).toEqual({ type: 'string' })
  expect(partOf([1, 'a', true, null])).toEqual({ type: ['integer', 'string', 'boolean', 'null'] })
})

it('RPL-5 takes an object of very many keys for a map', () => {
  const map = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`user-${at}`, at]))
  expect(partOf([map])).toEqual({ type: 'object', additionalProperties: { type: 'integer' } })
})

it('RPL-5 every sample fits what is read off all of them, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1, maxLength: 4 }), (samples) => {
      const schema = inferFromSamples(samples)
      for (const sample of samples) expect(schemaProblems(schema, sample)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

it('RPL-5 TypeScript tells optional fields, unions, lists, formats and odd names', () => {
  const schema = inferFromSamples([
    { id: 1, 'odd key': true, at: '2026-11-20T10:00:00Z', items: [1, 'a'], user: null, deep: [{ a: 1 }] },
    { id: 2, 'odd key': false, at: '2026-11-20T10:00:00Z', items: [], user: { name: 'x' }, extra: 1, deep: [] },
  ])
  expect(typescriptOf(schema, 'order.paid')).toBe(`export interface OrderPaid {
  id: number
  "odd key": boolean
  /** date-time */
  at: string
  items: (number | string)[]
  user: {
    name: string
  } | null
  deep: {
    a: number
  }[]
  extra?: number
}
`)
  expect(typescriptOf({ type: 'string', enum: ['a', 1, null] }, 'x')).toBe('export type X = "a" | 1 | null\n')
  expect(typescriptOf({ anyOf: [{ type: 'string' }, { type: 'object' }] }, 'x')).toBe(
    'export type X = string | Record<string, unknown>\n',
  )
  expect(typeNameOf('3d.model-ready')).toBe('Event3dModelReady')
})
