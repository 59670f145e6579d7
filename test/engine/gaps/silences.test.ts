import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSilences, type Silences } from '#main/engine/gaps/silences.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A Monday, midnight UTC. */
const MONDAY = Date.UTC(2026, 0, 5)

function silencesOf(arrivals: readonly number[], until = arrivals.at(-1)!, away: Silences['unusual'] = []) {
  return findSilences(arrivals, { until, away })
}

/** Every `stepMs` from `from` on, while `keeps` says so. */
function every(stepMs: number, from: number, until: number, keeps: (at: number) => boolean = () => true): number[] {
  return Array.from({ length: Math.ceil((until - from) / stepMs) }, (_, at) => from + at * stepMs).filter(keeps)
}

describe('a silence', () => {
  it('CAP-9 of 38 minutes is unusual for a source that sends each minute', () => {
    const from = MONDAY + 2 * HOUR
    const lostSince = MONDAY + 10 * HOUR + 2 * MINUTE
    const lostUntil = MONDAY + 10 * HOUR + 40 * MINUTE
    const arrivals = every(MINUTE, from, MONDAY + 12 * HOUR, (at) => at <= lostSince || at >= lostUntil)
    expect(silencesOf(arrivals)).toEqual({
      rhythm: { usualMs: MINUTE, unusualAfterMs: 4 * MINUTE },
      unusual: [{ since: lostSince, until: lostUntil }],
      unjudged: [],
    })
  })

  it('CAP-9 that goes on now is told as well', () => {
    const arrivals = every(MINUTE, MONDAY, MONDAY + 10 * HOUR)
    const until = MONDAY + 10 * HOUR + 30 * MINUTE
    expect(silencesOf(arrivals, until).unusual).toEqual([{ since: arrivals.at(-1), until }])
  })

  it('CAP-9 between bursts is usual once there were some of them', () => {
    const arrivals = every(HOUR, MONDAY, MONDAY + 2 * DAY).flatMap((at) => every(500, at, at + 20_000))
    expect(silencesOf(arrivals)).toMatchObject({ unusual: [], unjudged: [] })
  })

  it('CAP-9 of the first nights is no alarm, and of later ones usual', () => {
    const isOfficeHour = (at: number) => new Date(at).getUTCHours() >= 8 && new Date(at).getUTCHours() < 18
    for (const days of [2, 3, 5]) {
      const arrivals = every(5 * MINUTE, MONDAY + 8 * HOUR, MONDAY + days * DAY, isOfficeHour)
      expect(silencesOf(arrivals, MONDAY + days * DAY + 9 * HOUR).unusual, `${days} days`).toEqual([])
    }
  })

  it('CAP-9 of nights and weekends raises no alarm in six weeks, and an outage within office hours does', () => {
    const isAtWork = (at: number) => {
      const day = new Date(at)
      return day.getUTCDay() % 6 !== 0 && day.getUTCHours() >= 8 && day.getUTCHours() < 18
    }
    const arrivals = every(5 * MINUTE, MONDAY, MONDAY + 42 * DAY, isAtWork)
    expect(silencesOf(arrivals).unusual).toEqual([])
    const since = MONDAY + 30 * DAY
    const lost = arrivals.filter((at) => at < since || at >= since + 12 * DAY)
    expect(silencesOf(lost, MONDAY + 42 * DAY).unusual).toHaveLength(1)
  })

  it('CAP-9 of a few messages tells nothing', () => {
    expect(silencesOf(every(MINUTE, MONDAY, MONDAY + 20 * MINUTE), MONDAY + DAY)).toEqual({
      rhythm: null,
      unusual: [],
      unjudged: [],
    })
    expect(findSilences([], { until: MONDAY, away: [] })).toEqual({ rhythm: null, unusual: [], unjudged: [] })
  })

  it('CAP-9 that is longer than what is known of the source is left unjudged, not called a loss', () => {
    const arrivals = every(MINUTE, MONDAY, MONDAY + HOUR)
    const until = MONDAY + 10 * HOUR
    expect(silencesOf(arrivals, until)).toMatchObject({ unusual: [], unjudged: [{ since: arrivals.at(-1), until }] })
  })

  it('CAP-9 while Hookloop was away is no habit of the source, and is told without a long time before it', () => {
    const isAway = (at: number) => at % (2 * HOUR) >= 90 * MINUTE
    const arrivals = every(MINUTE, MONDAY, MONDAY + 12 * HOUR, (at) => !isAway(at))
    const away = every(2 * HOUR, MONDAY, MONDAY + 12 * HOUR).map((at) => ({
      since: at + 90 * MINUTE,
      until: at + 2 * HOUR,
    }))
    expect(silencesOf(arrivals, arrivals.at(-1), away.slice(0, 5)).unusual).toHaveLength(5)
    expect(silencesOf(arrivals).unusual).toEqual([])
  })

  it('CAP-9 raises hardly an alarm for a sender that sends by pure chance', () => {
    let alarms = 0
    let runs = 0
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-9, max: 1, noNaN: true, maxExcluded: true }), { minLength: 31, maxLength: 2_000 }),
        (draws) => {
          let at = MONDAY
          const arrivals = draws.map((draw) => (at += Math.round(-Math.log(1 - draw) * 10 * MINUTE)))
          runs += 1
          alarms += silencesOf(arrivals).unusual.length > 0 ? 1 : 0
        },
      ),
      { seed: 7, numRuns: 300 },
    )
    expect(runs).toBe(300)
    expect(alarms).toBeLessThanOrEqual(3)
  })

  it('CAP-9 that is unusual is four times as long as all but two others, whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10 * DAY }), { minLength: 31, maxLength: 300 }), (waits) => {
        let at = MONDAY
        const arrivals = waits.map((wait) => (at += wait))
        const { unusual, unjudged } = silencesOf(arrivals)
        expect(unusual.length + unjudged.length).toBeLessThanOrEqual(2)
      }),
    )
  })
})
