import { describe, expect, it } from 'vitest'
import { lineOf, readJson } from '../../src-renderer/ui/payload/json-places.ts'

const TEXT = `{
  "type": "object",
  "properties": {
    "a,b": { "type": "text" },
    "list": [
      1,
      { "deep": [true, null,
        "x"] }
    ]
  },
  "required": ["a"]
}`

describe('a place in JSON', () => {
  it.each<[string[], number]>([
    [[], 1],
    [['type'], 2],
    [['properties'], 3],
    [['properties', 'a,b'], 4],
    [['properties', 'a,b', 'type'], 4],
    [['properties', 'list', '0'], 6],
    [['properties', 'list', '1'], 7],
    [['properties', 'list', '1', 'deep', '1'], 7],
    [['properties', 'list', '1', 'deep', '2'], 8],
    [['required', '0'], 11],
    [['properties', 'missing'], 3],
    [['nothing', 'there'], 1],
  ])('PRV-7 %j stands on line %i', (path, line) => {
    expect(lineOf(TEXT, path)).toBe(line)
  })

  it('PRV-7 is not taken from the text of a value', () => {
    expect(lineOf('{\n"a": "\\"b\\": {",\n"b": 1\n}', ['b'])).toBe(3)
  })
})

describe('text that is read as JSON', () => {
  it('PRV-7 tells the line at which it stops being JSON', () => {
    expect(readJson('{"a": [1, 2]}')).toEqual({ value: { a: [1, 2] } })
    expect(readJson('{\n  "a": 1\n  "b": 2\n}')).toMatchObject({ line: 3 })
    expect(readJson('{\n  "a": 1,\n')).toMatchObject({ line: 3 })
    expect(readJson('')).toMatchObject({ line: 1, message: expect.stringMatching(/\w/) })
  })
})
