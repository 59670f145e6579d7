import { describe, expect, it } from 'vitest'
import { awayBetween } from '#main/engine/gaps/away.ts'
import { findGaps, type Seen } from '#main/engine/gaps/find-gaps.ts'

const MINUTE = 60_000
const NOW = Date.UTC(2026, 0, 5, 12)
const DAY_AGO = NOW - 24 * 60 * MINUTE

/** One a minute for eight hours, numbered from 1, but for those that were lost. */
function minutely(isLost: (number: number) => boolean = () => false): Seen[] {
  return Array.from({ length: 480 }, (_, index) => ({
    at: NOW - (480 - index) * MINUTE,
    isWhole: true,
    number: index + 1,
  })).filter(({ number }) => !isLost(number))
}

const find = (seen: readonly Seen[], away = awayBetween([])) =>
  findGaps(
    seen.toSorted((a, b) => a.at - b.at),
    { since: DAY_AGO, until: NOW, away },
  )

describe('gaps', () => {
  it('CAP-9 are none where everything came', () => {
    expect(find(minutely())).toMatchObject({
      gaps: [],
      total: { gaps: 0, missing: 0 },
      numbering: 'dense',
      unjudged: 0,
    })
  })

  it('CAP-9 tell a silence and the numbers missing in it as one', () => {
    const { gaps, total } = find(minutely((number) => number > 400 && number <= 437))
    const since = NOW - 81 * MINUTE
    const missing = { first: 401, last: 437, count: 37 }
    expect(gaps).toEqual([{ since, until: since + 38 * MINUTE, isSilent: true, missing, notWhole: 0, awayMs: 0 }])
    expect(total).toEqual({ gaps: 1, missing: 37 })
  })

  it('CAP-9 count what came in them and was not whole, which breaks the silence', () => {
    const partial = { at: NOW - 60 * MINUTE, isWhole: false, number: null }
    const { gaps } = find([...minutely((number) => number > 400 && number <= 437), partial])
    expect(gaps.find(({ missing }) => missing !== null)).toMatchObject({ isSilent: false, notWhole: 1 })
  })

  it('CAP-9 tell for how long Hookloop itself did not run', () => {
    const runs = [
      { startedAt: DAY_AGO, aliveAt: NOW - 70 * MINUTE },
      { startedAt: NOW - 50 * MINUTE, aliveAt: NOW },
    ]
    const { gaps } = find(
      minutely((number) => number > 400 && number <= 437),
      awayBetween(runs),
    )
    expect(gaps).toMatchObject([{ awayMs: 20 * MINUTE, missing: { count: 37 } }])
  })

  it('CAP-9 outside of what was asked are left out', () => {
    const seen = minutely((number) => number > 100 && number <= 110)
    expect(findGaps(seen, { since: NOW - 60 * MINUTE, until: NOW, away: [] }).gaps).toEqual([])
  })

  it('CAP-9 are listed newest first, at most 200 of them, and all counted', () => {
    const many = Array.from({ length: 900 }, (_, index) => index + 1).filter((number) => number % 3 !== 0)
    const lossy = many.map((number) => ({ at: NOW - (1_000 - number) * 1_000, isWhole: true, number }))
    const found = find(lossy)
    expect({ listed: found.gaps.length, ...found.total }).toEqual({ listed: 200, gaps: 299, missing: 299 })
    expect(found.gaps[0]!.missing!.first).toBeGreaterThan(found.gaps[1]!.missing!.first)
  })
})

describe('times when Hookloop did not run', () => {
  it('CAP-9 lie between its runs, restarts of a moment left out', () => {
    const runs = [
      { startedAt: 0, aliveAt: 100_000 },
      { startedAt: 101_000, aliveAt: 200_000 },
      { startedAt: 260_000, aliveAt: 300_000 },
    ]
    expect(awayBetween(runs)).toEqual([{ since: 200_000, until: 260_000 }])
  })
})
