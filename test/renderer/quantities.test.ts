import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readList,
  readNumber,
  readSize,
  readSpan,
  writeSize,
  writeSpan,
} from '../../src-renderer/ui/format/quantities.ts'

describe('spans and sizes as they are typed', () => {
  it('are read as they were written, to the ms and the byte', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * 86_400_000 }), (amount) => {
        expect(readSpan(writeSpan(amount))).toBe(amount)
        expect(readSize(writeSize(amount))).toBe(amount)
      }),
    )
  })

  it.for([
    ['15 s', 15_000],
    ['1.5s', 1_500],
    ['1 h 30 min', 5_400_000],
    ['2h30m', 9_000_000],
    ['250 ms', 250],
    ['0', 0],
    ['3 d', 259_200_000],
  ] as const)('take %s for what it is', ([text, ms]) => expect(readSpan(text)).toBe(ms))

  it.for(['', '15', 's', '5 x', '-5 s', '5 s,', '1e3 s', '5 constructor'])('do not guess at %j', (text) =>
    expect(readSpan(text)).toBeNull(),
  )

  it('write sizes in the largest unit that is exact', () => {
    expect([65_536, 1_048_576, 1_000, 0].map(writeSize)).toEqual(['64 KiB', '1 MiB', '1000 B', '0 B'])
    expect(readSize('64 kib')).toBe(65_536)
    expect(readSize('64')).toBeNull()
  })

  it('read lists by commas, all or nothing', () => {
    expect(readList('1 min, 5 min; 2 h', readSpan)).toEqual([60_000, 300_000, 7_200_000])
    expect(readList('', readSpan)).toEqual([])
    expect(readList('408, soon', readNumber)).toBeNull()
  })
})
