import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from '#main/engine/delivery/retry-after.ts'
import { plannedWaitsMs, nextWaitMs } from '#main/engine/delivery/retry-schedule.ts'
import type { RetrySchedule } from '#shared/model/policy.ts'

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const waitMs = fc.integer({ min: 0, max: 30 * 86_400_000 })
const schedules: fc.Arbitrary<RetrySchedule> = fc.oneof(
  fc.record({
    kind: fc.constant('list' as const),
    waitsMs: fc.array(waitMs, { maxLength: 20 }),
    repeat: fc.constant(null),
    jitter: fraction,
  }),
  fc.record({
    kind: fc.constant('exponential' as const),
    retries: fc.integer({ min: 0, max: 100 }),
    baseMs: waitMs,
    factor: fc.double({ min: 1, max: 100, noNaN: true }),
    capMs: waitMs,
    jitter: fraction,
  }),
)

describe('retry schedules', () => {
  it('ENG-4 end after their last retry and never before', () => {
    fc.assert(
      fc.property(schedules, fraction, (schedule, chance) => {
        const retries = schedule.kind === 'list' ? schedule.waitsMs.length : schedule.retries
        for (let retry = 1; retry <= retries; retry++) expect(nextWaitMs(schedule, retry, chance)).not.toBeNull()
        expect(nextWaitMs(schedule, retries + 1, chance)).toBeNull()
        expect(nextWaitMs(schedule, 0, chance)).toBeNull()
      }),
    )
  })

  it('ENG-4 EN27 keep every wait within the jitter around the plain one', () => {
    fc.assert(
      fc.property(schedules, fraction, (schedule, chance) => {
        for (const [index, plain] of plannedWaitsMs(schedule, 0).entries()) {
          const wait = nextWaitMs(schedule, index + 1, chance)!
          expect(wait).toBeGreaterThanOrEqual(Math.floor(plain * (1 - schedule.jitter)))
          expect(wait).toBeLessThanOrEqual(Math.ceil(plain * (1 + schedule.jitter)))
          expect(Number.isSafeInteger(wait)).toBe(true)
        }
      }),
    )
  })

  it('ENG-4 never wait longer than an exponential schedule’s cap, jitter aside', () => {
    const schedule: RetrySchedule = {
      kind: 'exponential',
      retries: 100,
      baseMs: 5_000,
      factor: 4,
      capMs: 3_600_000,
      jitter: 0,
    }
    expect(plannedWaitsMs(schedule, 0).slice(0, 6)).toEqual([5_000, 20_000, 80_000, 320_000, 1_280_000, 3_600_000])
    expect(Math.max(...plannedWaitsMs(schedule, 0))).toBe(3_600_000)
  })

  it('ENG-4 forecast what is left after some tries', () => {
    const schedule: RetrySchedule = { kind: 'list', waitsMs: [1, 2, 3], repeat: null, jitter: 0.5 }
    expect([0, 1, 2, 3, 4].map((tries) => plannedWaitsMs(schedule, tries))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [2, 3],
      [3],
      [],
    ])
  })

  it('ENG-4 repeat after the list until the planned waits have used up their time', () => {
    const repeating = fc.record({
      kind: fc.constant('list' as const),
      waitsMs: fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 5 }),
      repeat: fc.record({
        everyMs: fc.integer({ min: 1_000, max: 60_000 }),
        untilMs: fc.integer({ min: 0, max: 1_000_000 }),
      }),
      jitter: fraction,
    })
    fc.assert(
      fc.property(repeating, (schedule) => {
        const { waitsMs, repeat } = schedule
        const waits = plannedWaitsMs(schedule, 0, 10_000)
        const all = waits.reduce((sum, wait) => sum + wait, 0)
        expect(waits.slice(0, waitsMs.length)).toEqual(waitsMs)
        expect(waits.slice(waitsMs.length).every((wait) => wait === repeat.everyMs)).toBe(true)
        expect(waits.length === waitsMs.length || all <= repeat.untilMs).toBe(true)
        expect(all + repeat.everyMs).toBeGreaterThan(repeat.untilMs)
        expect(nextWaitMs(schedule, waits.length + 1, 0.5)).toBeNull()
      }),
    )
  })

  it('EN27 spread a thousand equal waits evenly over ±20 %', () => {
    const schedule: RetrySchedule = { kind: 'list', waitsMs: [100_000], repeat: null, jitter: 0.2 }
    const waits = Array.from({ length: 1_000 }, (_, index) => nextWaitMs(schedule, 1, index / 1_000)!)
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => waits.filter((wait) => Math.floor((wait - 80_000) / 4_000) === tenth).length,
    )
    expect(Math.min(...waits)).toBe(80_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(120_000)
    expect(Math.max(...tenths)).toBeLessThanOrEqual(2 * 100)
  })
})

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 21, 12)

  it.each([
    ['120', 120_000],
    [' 7 ', 7_000],
    ['Sat, 21 Nov 2026 12:01:00 GMT', 60_000],
    ['Saturday, 21-Nov-26 12:01:00 GMT', 60_000],
    ['Sat Nov 21 12:01:00 2026', 60_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', Date.UTC(9999, 11, 31, 23, 59, 59) - now],
  ])('DL19 reads %s', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected)
  })

  it.each([
    null,
    '',
    ' ',
    '0',
    '-1',
    '-120',
    '1.5',
    '1e3',
    '+5',
    '0x10',
    'Infinity',
    'NaN',
    'soon',
    '120 seconds',
    '99999999999999999999',
    'Sat, 21 Nov 2026 11:59:59 GMT',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Sat, 31 Feb 2027 12:00:00 GMT',
    'Sat, 21 Nov 2026 25:00:00 GMT',
    'Sat, 21 Foo 2026 12:01:00 GMT',
    'Sat, 21 Nov 2026 12:01:00 CET',
    '2026-11-21T12:01:00Z',
    'Sunday, 06-Nov-94 08:49:37 GMT',
  ])('DL19 M17 ignores %s', (value) => {
    expect(parseRetryAfter(value, now)).toBeNull()
  })

  it('DL19 answers every text with null or a positive whole number of ms', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const waitMs = parseRetryAfter(text, now)
        expect(waitMs === null || (Number.isSafeInteger(waitMs) && waitMs > 0)).toBe(true)
      }),
    )
  })

  it('DL19 reads every date that JavaScript writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000_000 }), (seconds) => {
        expect(parseRetryAfter(new Date(now + seconds * 1_000).toUTCString(), now)).toBe(seconds * 1_000)
      }),
    )
  })
})
