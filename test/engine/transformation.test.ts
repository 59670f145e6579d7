import { describe, expect, it } from 'vitest'
import { compileTransformation, type TransformationInput } from '#main/engine/transformation/compile-transformation.ts'

/** How often the run let other work go on. */
let breaths = 0

function compiled(source: string) {
  breaths = 0
  return compileTransformation(source, async () => void breaths++)
}

function run(source: string, body: unknown = {}, parts: Partial<TransformationInput> = {}) {
  const event = { id: 'evt_1', type: 'order.paid', method: 'POST', path: '/in/shop', query: {}, headers: {} }
  return compiled(source).run({ ...event, body, ...parts })
}

function problemAtSave(source: string): string {
  try {
    compiled(source)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('transformations', () => {
  it.each<[string, unknown]>([
    ['{"text": "Order " & body.id & " of " & headers.shop}', { text: 'Order 5 of north' }],
    [
      '{"t": type, "m": method, "p": path, "q": query.page, "i": id}',
      { t: 'order.paid', m: 'POST', p: '/in/shop', q: '2', i: 'evt_1' },
    ],
    ['body.items.sku', ['a', 'b']],
    ['$sum(body.items.price)', 7],
    ['$replace("2026-11-21", /(\\d+)-(\\d+)-(\\d+)/, "$3.$2.$1")', '21.11.2026'],
    ['$match("aXbX", /x/i).match', ['X', 'X']],
    ['$split("a1b22c", /[0-9]+/)', ['a', 'b', 'c']],
    ['$distinct([{"a":1,"b":2}, {"b":2,"a":1}, 3])', [{ a: 1, b: 2 }, 3]],
    ['$pad("7", -3, "0")', '007'],
    ['null', null],
  ])('ENG-2 %s yields %j', async (source, expected) => {
    const body = {
      id: 5,
      items: [
        { sku: 'a', price: 3 },
        { sku: 'b', price: 4 },
      ],
    }
    const result = await run(source, body, { headers: { shop: 'north' }, query: { page: '2' } })
    expect('json' in result && JSON.parse(result.json)).toEqual(expected)
  })

  it.each([
    ['{"a": ', 'line 1, column'],
    ['{\n  "a": 1,\n  "b": )\n}', 'line 3, column'],
    ['"open', 'line 1'],
    ['$match(body.a, /(?=x)/)', 'unsupported Perl syntax'],
  ])('ENG-2 says where %j cannot be read', (source, place) => {
    expect(problemAtSave(source)).toContain(place)
  })

  it.each([
    ['{\n  "sum": body.a + body.b\n}', 'line 2'],
    ['$error("no total")', 'no total'],
    ['body.missing', 'yields nothing'],
    ['function($x) { $x }', 'holds a function'],
    ['{"f": $sum}', 'holds a function'],
    ['$unknown(1)', 'non-function'],
  ])('EN28 %j fails with the reason', async (source, reason) => {
    expect(await run(source, { a: 1, b: 'x' })).toEqual({ problem: expect.stringContaining(reason) })
  })

  it('SE35 stops an endless recursion, deep or flat, and lets other work go on meanwhile', async () => {
    expect(await run('($f := function() { 1 + $f() }; $f())')).toEqual({
      problem: expect.stringContaining('Stack overflow'),
    })
    expect(await run('($f := function() { $f() }; $f())')).toEqual({
      problem: expect.stringContaining('more than 500000 steps'),
    })
    expect(breaths).toBeGreaterThan(100)
  })

  it.each([
    ['a text that doubles', '($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $d("ab", 60))', 'too long'],
    ['a padding', '$pad("x", 1000000000)', 'too long'],
    ['a range', '[1..1000000]', 'sequence length'],
    ['many long texts', '($t := $pad("x", 1000000); [1..20].{"t": $t})', 'over 10485760 bytes'],
    ['a deep value', '($d := function($v, $n) { $n = 0 ? $v : $d({"v": $v}, $n - 1) }; $d(1, 500))', 'nested deeper'],
  ])('SE35 stops %s', async (_name, source, reason) => {
    expect(await run(source)).toEqual({ problem: expect.stringContaining(reason) })
  })

  it('SE35 reaches nothing but the event', async () => {
    expect(await run('$eval("1 + 1")')).toEqual({ problem: '$eval is not available' })
    for (const path of ['constructor', '__proto__', 'body.constructor', 'body.toString', '$sum.implementation']) {
      expect(await run(path), path).toEqual({ problem: expect.stringContaining('yields nothing') })
    }
    expect(await run('$exists(process) or $exists($process) or $exists(globalThis)')).toEqual({ json: 'false' })
  })

  it('SE35 M20 takes a body with a key __proto__ without touching any prototype', async () => {
    const body: unknown = JSON.parse('{"__proto__": {"polluted": 1}, "a": 1}')
    expect(await run('$merge([body, {"b": 2}])', body)).toMatchObject({ json: expect.stringContaining('"b":2') })
    expect(await run('body ~> | $ | {"c": 3} |', body)).toMatchObject({ json: expect.stringContaining('"c":3') })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('SE34 matches (a+)+$ over 50 KB in linear time', async () => {
    expect(await run('$contains(body.text, /(a+)+$/)', { text: `${'a'.repeat(50_000)}b` })).toEqual({ json: 'false' })
  })

  it('keeps the counts of runs at the same time apart', async () => {
    const transformation = compiled('$sum([1..body.n].($ * 2))')
    const event = { id: '', type: '', method: '', path: '', query: {}, headers: {} }
    const results = await Promise.all([10_000, 1_000, 100].map((n) => transformation.run({ ...event, body: { n } })))
    expect(results).toEqual([{ json: '100010000' }, { json: '1001000' }, { json: '10100' }])
  })
})
