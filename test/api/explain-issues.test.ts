import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { explainIssues } from '#main/api/errors/explain-issues.ts'

const Wait = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), waitsMs: z.array(z.number()) }),
  z.object({ kind: z.literal('none') }),
])
const Input = z.strictObject({
  name: z.string().min(2, 'use two letters at least'),
  policy: z
    .union([z.string(), z.strictObject({ timeoutMs: z.number().min(100).optional(), wait: Wait.optional() })])
    .optional(),
  state: z.union([z.enum(['on', 'off']), z.array(z.enum(['on', 'off']))]).optional(),
})

function explain(input: unknown) {
  const { error } = Input.safeParse(input)
  return explainIssues(error?.issues ?? [])
}

describe('an input that is not valid', () => {
  it('is told by the field at fault, in a sentence', () => {
    expect(explain({ name: 'a' })).toEqual({
      message: '`name` is not valid: use two letters at least.',
      data: { field: 'name' },
    })
    expect(explain({})).toEqual({ message: '`name` is required.', data: { field: 'name' } })
    expect(explain('text').message).toBe('The request must be an object, not text.')
  })

  it('is told by the member of a union that was meant', () => {
    const { message, data } = explain({ name: 'ok', policy: { timeoutMs: 1 } })
    expect(message).toBe('`policy.timeoutMs` must be at least 100.')
    expect(data.field).toBe('policy.timeoutMs')
    expect(explain({ name: 'ok', policy: { colour: 1 } }).message).toBe('`policy.colour` is not a known field.')
    expect(explain({ name: 'ok', policy: { wait: { kind: 'list', waitsMs: ['x'] } } }).data.field).toBe(
      'policy.wait.waitsMs.0',
    )
  })

  it('is told by every member where none is nearer', () => {
    const { message, data } = explain({ name: 'ok', state: 'lost' })
    expect(message).toBe('`state` must be one of "on", "off", or a list, not text.')
    expect(data.field).toBe('state')
    expect(explain({ name: 'ok', policy: { wait: { kind: 'odd' } } }).data.field).toBe('policy.wait.kind')
  })

  it.each([
    [z.iso.datetime(), 'yesterday', 'a time such as 2026-01-31T09:30:00Z'],
    [z.number().int(), 1.5, 'a whole number'],
    [z.coerce.number(), 'abc', 'a number'],
    [z.number().lt(5), 5, 'less than 5'],
    [z.array(z.string()), {}, 'a list, not an object'],
    [z.string().min(1), '', 'given: it is empty'],
    [z.string().max(3), 'four', 'at most 3 characters long'],
    [z.array(z.string()).min(2), ['a'], 'at least 2 entries long'],
    [z.literal('x'), 'y', '"x"'],
    [z.number().multipleOf(5), 3, 'a multiple of 5'],
    [z.base64(), '*', 'base64'],
  ])('says what is asked for in plain words: %#', (schema, value, asked) => {
    const { error } = z.object({ field: schema }).safeParse({ field: value })
    expect(explainIssues(error!.issues).message).toBe(`\`field\` must be ${asked}.`)
  })

  it('lists every issue in the hint where there are several', () => {
    const { data } = explain({ name: 'a', colour: 'red', size: 1 })
    expect(data.field).toBe('name')
    expect(data.hint).toContain('`colour` is not a known field. `size` is not a known field.')
  })
})
