import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileCondition } from '#main/engine/conditions/compile-condition.ts'
import { eventFacts } from '#main/engine/conditions/event-facts.ts'
import { AppError } from '#shared/model/app-error.ts'
import type { Condition } from '#shared/model/condition.ts'
import type { HeaderList } from '#shared/model/header.ts'

const BODY = {
  id: 7,
  total: 99.5,
  status: 'paid',
  note: null,
  ok: true,
  tags: ['new', 'vip', 3],
  customer: { name: 'Ada', 'e.mail': 'ada@example.com' },
  items: [{ sku: 'a' }, { sku: 'b' }],
}
const HEADERS: HeaderList = [
  ['X-Topic', 'orders/create'],
  ['x-topic', 'orders/paid'],
  ['X-Count', '12'],
]

interface Parts {
  body?: unknown
  text?: string
  headers?: HeaderList
  query?: string | null
}

function holds(
  condition: Condition,
  { body = BODY, text, headers = HEADERS, query = 'page=2&tag=a&tag=b' }: Parts = {},
) {
  const event = { headers, query, path: '/in/shop/orders/1', method: 'POST', type: 'order.paid' }
  const bytes = new TextEncoder().encode(text ?? JSON.stringify(body))
  return compileCondition(condition)(eventFacts(event, bytes, { id: 'src_1' as never, slug: 'shop' }))
}

function refusal(condition: Condition): { message: string; field: string | undefined } {
  try {
    compileCondition(condition)
  } catch (error) {
    if (error instanceof AppError) return { message: error.message, field: error.field }
    throw error
  }
  throw new Error('it was taken')
}

describe('conditions on events', () => {
  it.each<[Condition, boolean]>([
    [{ 'body.status': 'paid' }, true],
    [{ 'body.status': 'open' }, false],
    [{ 'body.status': { $eq: 'paid' } }, true],
    [{ 'body.id': { $eq: '7' } }, false],
    [{ 'body.note': null }, true],
    [{ 'body.missing': null }, false],
    [{ 'body.customer': { $eq: { 'e.mail': 'ada@example.com', name: 'Ada' } } }, true],
    [{ 'body.tags': { $eq: ['new', 'vip'] } }, false],
    [{ 'body.status': { $neq: 'open' } }, true],
    [{ 'body.status': { $neq: 'paid' } }, false],
    [{ 'body.missing': { $neq: 'paid' } }, true],
    [{ 'body.total': { $gt: 99.4 } }, true],
    [{ 'body.total': { $gt: 99.5 } }, false],
    [{ 'body.total': { $gte: 99.5 } }, true],
    [{ 'body.total': { $lt: 99.5 } }, false],
    [{ 'body.total': { $lte: 99.5 } }, true],
    [{ 'body.status': { $gt: 'open' } }, true],
    [{ 'body.status': { $gt: 1 } }, false],
    [{ 'body.total': { $gt: 'a' } }, false],
    [{ 'body.status': { $in: ['open', 'paid'] } }, true],
    [{ 'body.id': { $in: [] } }, false],
    [{ 'body.id': { $nin: [1, 7] } }, false],
    [{ 'body.missing': { $nin: [1] } }, true],
    [{ 'body.status': { $startsWith: 'pa' } }, true],
    [{ 'body.status': { $endsWith: 'id' } }, true],
    [{ 'body.id': { $startsWith: '7' } }, false],
    [{ 'body.status': { $contains: 'ai' } }, true],
    [{ 'body.tags': { $contains: 'vip' } }, true],
    [{ 'body.tags': { $contains: '3' } }, false],
    [{ 'body.items': { $contains: { sku: 'b' } } }, true],
    [{ 'body.id': { $exist: true } }, true],
    [{ 'body.note': { $exist: true } }, true],
    [{ 'body.missing': { $exist: false } }, true],
    [{ 'body.status': { $regex: '^p.{2}d$' } }, true],
    [{ 'body.status': { $regex: '(?i)PAID' } }, true],
    [{ 'body.id': { $regex: '7' } }, false],
    [{ 'body.status': 'paid', 'body.id': 8 }, false],
    [{ $or: [{ 'body.id': 8 }, { 'body.status': 'paid' }] }, true],
    [{ $and: [{ 'body.id': 7 }, { 'body.status': 'open' }] }, false],
    [{ $not: { 'body.id': 8 } }, true],
    [{ 'body.id': { $or: [{ $lt: 0 }, { $gt: 5, $lt: 9 }] } }, true],
    [{ 'body.id': { $or: [1, 7] } }, true],
    [{ 'body.status': { $not: { $startsWith: 'x' } } }, true],
  ])('ENG-1 %j is %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected)
  })

  it.each<[Condition, boolean]>([
    [{ 'headers.x-topic': 'orders/paid' }, true],
    [{ 'headers.X-TOPIC': { $in: ['orders/create'] } }, true],
    [{ 'headers.x-topic': { $neq: 'orders/paid' } }, false],
    [{ 'headers.x-count': { $gte: 12 } }, true],
    [{ 'headers.x-absent': { $exist: false } }, true],
    [{ 'query.page': 2 }, true],
    [{ 'query.page': '2' }, true],
    [{ 'query.tag': 'b' }, true],
    [{ 'query.none': { $exist: true } }, false],
    [{ source: 'shop' }, true],
    [{ source: { $in: ['other', 'src_1'] } }, true],
    [{ source: 'other' }, false],
    [{ path: '/in/shop/orders/1' }, true],
    [{ path: { $startsWith: '/orders/' } }, true],
    [{ method: 'POST', type: { $startsWith: 'order.' } }, true],
    [{ 'body.customer.name': 'Ada' }, true],
    [{ 'body.customer.e\\.mail': { $endsWith: '@example.com' } }, true],
    [{ 'body.items.1.sku': 'b' }, true],
    [{ body: { customer: { name: 'Ada' }, id: { $gt: 6 } } }, true],
    [{ headers: { 'x-topic': 'orders/paid' }, query: { page: 2 } }, true],
  ])('ENG-1 reads headers without case, any of several values, and nested keys: %j is %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected)
  })

  it.each<Condition>([
    { 'body.a': 1 },
    { 'body.a': { $neq: 1 } },
    { 'body.a': { $exist: false } },
    { $not: { 'body.a': 1 } },
    { $or: [{ 'body.a': 1 }, { method: 'GET' }] },
  ])('ENG-1 %j does not hold of a body that is no JSON, negated or not', (condition) => {
    expect(holds(condition, { text: 'a=1' })).toBe(false)
    expect(holds(condition, { text: '' })).toBe(false)
  })

  it('ENG-1 still decides by the rest where the body is no JSON', () => {
    expect(holds({ $or: [{ 'body.a': 1 }, { method: 'POST' }] }, { text: 'a=1' })).toBe(true)
  })

  it.each(['__proto__', 'constructor', 'toString', 'length', 'hasOwnProperty'])(
    'SE35 SEC-4 reads %s only where the body itself has it',
    (key) => {
      expect(holds({ [`body.${key}`]: { $exist: true } }, { text: '{"a":[1]}' })).toBe(false)
      expect(holds({ [`body.a.${key}`]: { $exist: true } }, { text: '{"a":[1]}' })).toBe(false)
      expect(holds({ [`body.${key}`]: 5 }, { text: `{"${key}":5}` })).toBe(true)
    },
  )

  it('SE34 decides by (a+)+$ over 50 KB in linear time', () => {
    const text = JSON.stringify({ name: `${'a'.repeat(50_000)}b` })
    expect(holds({ 'body.name': { $regex: '(a+)+$' } }, { text })).toBe(false)
    expect(holds({ 'body.name': { $regex: '(a|aa)+b$' } }, { text })).toBe(true)
  })

  it.each<[Condition, string, string]>([
    [{ 'body.a': { $above: 1 } }, 'condition.body.a.$above', 'is not an operator'],
    [{ 'bodi.a': 1 }, 'condition.bodi.a', 'begins with body'],
    [{ headers: { $exist: true } }, 'condition.headers.$exist', 'headers'],
    [{ 'path.x': 1 }, 'condition.path.x', 'path.x'],
    [{ $eq: 1 }, 'condition.$eq', 'stands at no path'],
    [{ $or: {} }, 'condition.$or', 'takes a list'],
    [{ $or: [] }, 'condition.$or', 'takes a list'],
    [{ $not: 5 }, 'condition.$not', 'takes a condition'],
    [{ 'body.a': { $in: 5 } }, 'condition.body.a.$in', 'takes a list'],
    [{ 'body.a': { $gt: true } }, 'condition.body.a.$gt', 'takes a number or a text'],
    [{ 'body.a': { $startsWith: 5 } }, 'condition.body.a.$startsWith', 'takes a text'],
    [{ 'body.a': { $exist: 'yes' } }, 'condition.body.a.$exist', 'takes true or false'],
    [{ 'body.a': { $regex: '(' } }, 'condition.body.a.$regex', 'cannot be read'],
    [{ 'body.a': { $regex: '(?=a)' } }, 'condition.body.a.$regex', 'cannot be read'],
    [{ 'body.a': { $gt: 1, b: 2 } }, 'condition.body.a', 'mixes operators and keys'],
    [{ 'body.a': 2 ** 60 }, 'condition.body.a', 'beyond 2^53'],
    [{ 'body.a': {} }, 'condition.body.a', 'is empty'],
    [{}, 'condition', 'is empty'],
    [{ 'body.a': { constructor: { $toString: 1 } } }, 'condition.body.a.constructor.$toString', 'is not an operator'],
  ])('ENG-1 refuses %j and says where', (condition, field, problem) => {
    const refused = refusal(condition)
    expect(refused.field).toBe(field)
    expect(refused.message).toContain(problem)
  })

  it('ENG-1 refuses what is nested too deeply or has too many parts', () => {
    let deep: Condition = { 'body.a': 1 }
    for (let level = 0; level < 30; level++) deep = { $not: deep }
    expect(refusal(deep).message).toContain('deeper than 20 levels')
    const wide = { 'body.a': { $in: Array.from({ length: 1_100 }, (_, index) => index) } }
    expect(refusal(wide).message).toContain('more than 1000 parts')
  })
})

/** What the words say, without lists of values, laziness or compiling. */
function oracle(condition: Condition, body: Record<string, unknown>): boolean {
  return Object.entries(condition).every(([key, value]) => {
    if (key === '$and') return (value as Condition[]).every((each) => oracle(each, body))
    if (key === '$or') return (value as Condition[]).some((each) => oracle(each, body))
    if (key === '$not') return !oracle(value as Condition, body)
    const [operator, operand] = Object.entries(value as object)[0]!
    return judge(body[key.slice(5)], operator, operand)
  })
}

function judge(value: unknown, operator: string, operand: unknown): boolean {
  const same = typeof value === typeof operand && value !== null
  switch (operator) {
    case '$eq':
      return value === operand
    case '$neq':
      return value !== operand
    case '$gt':
      return same && (value as number) > (operand as number)
    case '$lte':
      return same && (value as number) <= (operand as number)
    case '$in':
      return (operand as unknown[]).includes(value)
    case '$nin':
      return !(operand as unknown[]).includes(value)
    case '$startsWith':
      return typeof value === 'string' && value.startsWith(operand as string)
    case '$contains':
      return typeof value === 'string' && value.includes(operand as string)
    default:
      return (value !== undefined) === operand
  }
}

const scalar = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('', 'a', 'ab', 'b'), fc.boolean())
const orderable = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('', 'a', 'ab', 'b'))
const word = fc.constantFrom('', 'a', 'b', 'ab')
const test = fc.oneof(
  fc.record({ $eq: scalar }),
  fc.record({ $neq: scalar }),
  fc.record({ $gt: orderable }),
  fc.record({ $lte: orderable }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $startsWith: word }),
  fc.record({ $contains: word }),
  fc.record({ $exist: fc.boolean() }),
)
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    fc.dictionary(fc.constantFrom('body.x', 'body.y', 'body.z'), test, { minKeys: 1 }),
    fc.record({ $not: tie('condition') }),
    fc.record({ $or: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ $and: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
  ) as fc.Arbitrary<Condition>,
}))

describe('conditions in general', () => {
  it('ENG-1 decide as a plain reading of them does', () => {
    const body = fc.dictionary(fc.constantFrom('x', 'y', 'z'), scalar)
    fc.assert(
      fc.property(condition, body, (wanted, fields) => {
        expect(holds(wanted, { body: fields })).toBe(oracle(wanted, fields))
      }),
      { numRuns: 500 },
    )
  })
})
