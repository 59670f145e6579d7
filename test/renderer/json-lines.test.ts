import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type JsonLines, layOutJson } from '../../src-renderer/ui/payload/json/json-lines.ts'

/** Runs the layout to its end; `longestStepMs` is the longest that one step of it took. */
function layOut(source: string): JsonLines & { longestStepMs: number } {
  const steps = layOutJson(source)
  let longestStepMs = 0
  for (;;) {
    const startedAt = performance.now()
    const { value, done } = steps.next()
    longestStepMs = Math.max(longestStepMs, performance.now() - startedAt)
    if (done === true) return { lines: value.lines, widest: value.widest, marks: value.marks, longestStepMs }
  }
}

function jsonLines(source: string) {
  return layOut(source).lines
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
] as const)('CP23 lays out %s step by step, none of which blocks for 100 ms', ([, source, count]) => {
  const { lines, longestStepMs } = layOut(source)
  expect(lines).toHaveLength(count)
  expect(longestStepMs).toBeLessThan(100)
})

it('CP23 indents no deeper than a screen is wide', () => {
  expect(layOut('['.repeat(50_000)).widest).toBeLessThan(200)
})

it('CP23 marks each key that its own object has already, however it is escaped, and no other', () => {
  const { marks, lines } = layOut(
    String.raw`{"a":1,"a":2,"a":{"a":3,"b":[{"a":4},{"a":5}]},"c":["a","a"],"__proto__":1}`,
  )
  expect(marks['duplicate key']).toBe(2)
  const marked = lines.flatMap(({ spans }) => spans.filter(({ mark }) => mark !== undefined))
  expect(marked.map(({ text, mark }) => [text, mark])).toEqual([
    [String.raw`"a"`, 'duplicate key'],
    ['"a"', 'duplicate key'],
  ])
})

it.for(['1e400', '-1e400', '12345678901234567890', '9007199254740993', '0.1000000000000000055', '1e-400'])(
  'CP23 marks %s, which loses digits when it is read, and shows it as it was sent',
  (number) => {
    const { marks, lines } = layOut(`[${number}]`)
    expect(marks['loses digits']).toBe(1)
    expect(lines[1]?.spans[0]).toEqual({ kind: 'number', text: number, mark: 'loses digits' })
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
