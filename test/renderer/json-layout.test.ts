import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  foldFrom,
  levelsOf,
  linesInSight,
  revealing,
  rowOf,
  toggled,
} from '../../src-renderer/ui/payload/json/folding.ts'
import { type JsonLayout, layOutJson, TOKENS_PER_STEP } from '../../src-renderer/ui/payload/json/layout/json-layout.ts'
import { lineSpans } from '../../src-renderer/ui/payload/json/layout/line-spans.ts'
import { keysAt, scalarOf, valueAt } from '../../src-renderer/ui/payload/json/value-places.ts'

/** Runs the layout to its end; `longestStep` is the most lines that one step of it laid out. */
function run(source: string): { layout: JsonLayout; longestStep: number } {
  const steps = layOutJson(source)
  let before = 0
  let longestStep = 0
  for (;;) {
    const step = steps.next()
    const count = step.done === true ? step.value.count : step.value
    longestStep = Math.max(longestStep, count - before)
    before = count
    if (step.done === true) return { layout: step.value, longestStep }
  }
}

function jsonLines(source: string) {
  const { layout } = run(source)
  return Array.from({ length: layout.count }, (_, line) => ({
    depth: layout.depths[line]!,
    spans: lineSpans(source, layout, line).map(({ at: _at, ...span }) => span),
  }))
}

function layOut(source: string) {
  const { layout, longestStep } = run(source)
  const kinds = [...layout.marks.values()]
  const count = (kind: string) => kinds.filter((each) => each === kind).length
  const marks = { 'duplicate key': count('duplicate key'), 'loses digits': count('loses digits') }
  return { count: layout.count, widest: layout.widest, marks, longestStep }
}

/** The lines as text, two spaces a level. */
function laidOut(source: string): string {
  return jsonLines(source)
    .map(({ depth, spans }) => '  '.repeat(depth) + spans.map(({ text }) => text).join(''))
    .join('\n')
}

it('lays a value out as JSON.stringify does', () => {
  const value = { a: [1, 2, { b: null }], c: {}, d: [], e: 'x: {y}, "z"', f: { g: true } }
  expect(laidOut(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
})

it('keeps digits, escapes, order and duplicate keys as they were sent', () => {
  const source = String.raw`{"z":1.10,"big":12345678901234567890,"z":-0.0e+5,"s":"\u0041\/\""}`
  const text = laidOut(source)
  for (const part of ['"z": 1.10', '12345678901234567890', '"z": -0.0e+5', String.raw`"\u0041\/\""`])
    expect(text).toContain(part)
})

it('tells keys from strings', () => {
  const kinds = jsonLines('{"key":"value"}')[1]?.spans.map(({ kind, text }) => [kind, text])
  expect(kinds).toEqual([
    ['key', '"key"'],
    ['mark', ': '],
    ['string', '"value"'],
  ])
})

it('shows what is cut or broken instead of failing', () => {
  expect(laidOut('{"a":[1,2,"unfinis')).toBe('{\n  "a": [\n    1,\n    2,\n    "unfinis')
  expect(laidOut(']}{')).toContain('{')
  expect(laidOut('')).toBe('')
})

it('cuts a value that no screen can show', () => {
  const [line] = jsonLines(JSON.stringify('x'.repeat(10_000)))
  expect(line?.spans[0]?.text).toMatch(/… 6,002 more characters$/)
})

it('reads a string of a megabyte without running out of stack', () => {
  expect(jsonLines(JSON.stringify({ a: '\\"'.repeat(500_000) }))).toHaveLength(3)
})

const NUMBER_OF_5_MB = `${'1234567890'.repeat(500_000)}`
const KEYS = `{${Array.from({ length: 100_000 }, (_, index) => `"key-${index}":${index}`).join(',')}}`
it.for([
  ['50,000 levels of arrays', '['.repeat(50_000) + ']'.repeat(50_000), 99_999],
  ['50,000 levels of objects', '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000), 100_001],
  ['a number of 5 MB', `{"n":${NUMBER_OF_5_MB}}`, 3],
  ['100,000 keys', KEYS, 100_002],
  ['half a million numbers', `[${'1,'.repeat(500_000)}1]`, 500_003],
] as const)('CP23 lays out %s step by step, so that none of them blocks', ([, source, count]) => {
  const { count: lines, longestStep } = layOut(source)
  expect(lines).toBe(count)
  expect(longestStep).toBeLessThanOrEqual(TOKENS_PER_STEP)
})

it('CP23 indents no deeper than a screen is wide', () => {
  expect(layOut('['.repeat(50_000)).widest).toBeLessThan(200)
})

it('CP23 marks each key that its own object has already, however it is escaped, and no other', () => {
  const source = String.raw`{"a":1,"a":2,"a":{"a":3,"b":[{"a":4},{"a":5}]},"c":["a","a"],"__proto__":1}`
  const { marks } = layOut(source)
  expect(marks['duplicate key']).toBe(2)
  const marked = jsonLines(source).flatMap(({ spans }) => spans.filter(({ mark }) => mark !== undefined))
  expect(marked.map(({ text, mark }) => [text, mark])).toEqual([
    [String.raw`"a"`, 'duplicate key'],
    ['"a"', 'duplicate key'],
  ])
})

it.for(['1e400', '-1e400', '12345678901234567890', '9007199254740993', '0.1000000000000000055', '1e-400'])(
  'CP23 marks %s, which loses digits when it is read, and shows it as it was sent',
  (number) => {
    const { marks } = layOut(`[${number}]`)
    expect(marks['loses digits']).toBe(1)
    expect(jsonLines(`[${number}]`)[1]?.spans[0]).toEqual({ kind: 'number', text: number, mark: 'loses digits' })
  },
)

it.for([
  '0',
  '-0',
  '1.10',
  '1.0',
  '100',
  '1e2',
  '1E+2',
  '0.1',
  '123456789012345',
  '1e21',
  '5e-324',
  '9007199254740992',
])('CP23 marks no %s, which stays the number that it is', (number) => {
  expect(layOut(`[${number}]`).marks['loses digits']).toBe(0)
})

it('CP23 marks no number that JavaScript itself wrote', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(layOut(JSON.stringify([number])).marks['loses digits']).toBe(0)
    }),
  )
})

it('CP23 lays out any JSON as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(laidOut(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
    }),
  )
})

const SOURCE = '{"a":{"b c":[10,{"d":"x"},[]]},"e":true}'

it('RPL-3 knows the path and the value of each line', () => {
  const { layout } = run(SOURCE)
  const places = Array.from({ length: layout.count }, (_, line) => [
    keysAt(SOURCE, layout, line).join('/'),
    valueAt(SOURCE, layout, line),
  ])
  const list = '[10,{"d":"x"},[]]'
  expect(places).toEqual([
    ['', SOURCE],
    ['a', `{"b c":${list}}`],
    ['a/b c', list],
    ['a/b c/0', '10'],
    ['a/b c/1', '{"d":"x"}'],
    ['a/b c/1/d', '"x"'],
    ['a/b c/1', '{"d":"x"}'],
    ['a/b c/2', '[]'],
    ['a/b c', list],
    ['a', `{"b c":${list}}`],
    ['e', 'true'],
    ['', SOURCE],
  ])
  expect([scalarOf('10'), scalarOf('"x"'), scalarOf('null'), scalarOf('[]'), scalarOf('x')]).toEqual([
    10,
    'x',
    null,
    undefined,
    undefined,
  ])
})

it('RPL-3 finds each value of any JSON again by the path of its line', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const source = JSON.stringify(value)
      const { layout } = run(source)
      for (let line = 0; line < layout.count; line++) {
        const found = keysAt(source, layout, line).reduce<unknown>(
          (inner, key) => (inner as Record<string | number, unknown>)[key],
          JSON.parse(source),
        )
        expect(JSON.parse(valueAt(source, layout, line))).toEqual(found)
      }
    }),
  )
})

it('RPL-3 folds from a level down, one by one, and opens what hides a line', () => {
  const { layout } = run(SOURCE)
  expect(levelsOf(layout)).toBe(4)
  const folded = foldFrom(layout, 1)
  expect([...linesInSight(layout, folded)!]).toEqual([0, 1, 10, 11])
  expect(layout.sizes[1]).toBe(1)
  expect(layout.sizes[2]).toBe(3)
  expect(rowOf(linesInSight(layout, folded), 5)).toBe(1)
  const opened = revealing(folded, layout, 5)
  expect(linesInSight(layout, opened)).toBeNull()
  expect([...linesInSight(layout, toggled(opened, 2))!]).toEqual([0, 1, 2, 9, 10, 11])
  expect(revealing(opened, layout, 5)).toBe(opened)
  expect(linesInSight(layout, foldFrom(layout, Infinity))).toBeNull()
})
