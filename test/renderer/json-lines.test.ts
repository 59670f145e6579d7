import { expect, it } from 'vitest'
import { jsonLines } from '../../src-renderer/ui/payload/json-lines.ts'

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
