import type { Forecast, ForecastAttempt } from '#shared/model/forecast.ts'

/** How time is laid out: evenly, or the early tries drawn apart. */
export type TimeScale = 'even' | 'early'

/** Shares of the line's length, 0 to 1. */
export interface TryPlace {
  attempt: ForecastAttempt
  at: number
  /** Where jitter may put it. */
  from: number
  to: number
  hasLabel: boolean
}

/** Two tries closer than this cannot be told apart. */
const CLOSEST = 0.025
/** The share that a label such as `+2 h 36` takes. */
const LABEL = 0.13

function spanOf({ attempts, breakerOpensAtMs }: Forecast): number {
  return Math.max(1, breakerOpensAtMs ?? 0, ...attempts.map(({ at }) => at.latestMs))
}

/** A function from ms after the event to a share of the line. */
export function scaleOf(forecast: Forecast, scale: TimeScale): (ms: number) => number {
  const spanMs = spanOf(forecast)
  if (scale === 'even') return (ms) => ms / spanMs
  return (ms) => Math.log1p(ms / 1_000) / Math.log1p(spanMs / 1_000)
}

/** Evenly, unless tries would lie on one another. */
export function fittingScale(forecast: Forecast): TimeScale {
  const spanMs = spanOf(forecast)
  const places = forecast.attempts.map(({ at }) => at.expectedMs / spanMs)
  const isCrowded = places.some((place, index) => index > 0 && place - (places[index - 1] ?? 0) < CLOSEST)
  return isCrowded ? 'early' : 'even'
}

/** Where each try stands; labels where there is room, the last one first. */
export function placeTries(forecast: Forecast, scale: TimeScale): TryPlace[] {
  const toShare = scaleOf(forecast, scale)
  const last = forecast.attempts.length - 1
  const lastAt = toShare(forecast.attempts[last]?.at.expectedMs ?? 0)
  let labelledUpTo = -LABEL
  return forecast.attempts.map((attempt, index) => {
    const at = toShare(attempt.at.expectedMs)
    const hasLabel = index === last || (at - labelledUpTo >= LABEL && lastAt - at >= LABEL)
    if (hasLabel) labelledUpTo = at
    return { attempt, at, from: toShare(attempt.at.earliestMs), to: toShare(attempt.at.latestMs), hasLabel }
  })
}
