import { useState } from 'react'
import type { Forecast, ForecastAttempt } from '#shared/model/forecast.ts'
import { Choice } from '../controls/choice.tsx'
import { formatOffset } from '../format/time.ts'
import { fittingScale, placeTries, scaleOf, type TimeScale, type TryPlace } from './try-places.ts'

/** As many as a reader of the screen is told. */
const TOLD = 10
const SCALES = [
  { value: 'even', label: 'To scale' },
  { value: 'early', label: 'Early tries apart' },
] as const

/** The tries of a forecast and the waits between them, on a line of time. */
export function TryLine({ forecast }: { forecast: Forecast }) {
  const [chosen, setChosen] = useState<TimeScale | null>(null)
  const scale = chosen ?? fittingScale(forecast)
  const places = placeTries(forecast, scale)
  const { attempts, breakerOpensAtMs } = forecast
  const more = attempts.length - TOLD
  const told = [...attempts.slice(0, TOLD).map(tryWords), ...(more > 0 ? [`and ${more} more`] : [])]
  return (
    <div className="flex flex-col gap-1">
      {/* The last label needs room to the right of its bar. */}
      <div role="img" aria-label={`Tries: ${told.join('; ')}`} className="relative mr-13 h-8.5">
        <span className="absolute inset-x-0 top-[7px] border-t border-dashed border-faint/70" />
        {breakerOpensAtMs !== null && (
          <span
            title={`${formatOffset(breakerOpensAtMs)}: the endpoint pauses`}
            className="absolute -top-px h-[17px] border-l-2 border-held"
            style={{ left: percent(scaleOf(forecast, scale)(breakerOpensAtMs)) }}
          />
        )}
        {places.map((place) => (
          <Try key={place.attempt.number} place={place} />
        ))}
      </div>
      {attempts.length > 2 && (
        <div className="flex items-center justify-end">
          <Choice label="How time is drawn" value={scale} options={SCALES} onChange={setChosen} />
        </div>
      )}
    </div>
  )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}

function Try({ place: { attempt, at, from, to, hasLabel } }: { place: TryPlace }) {
  const tone = attempt.outcome === 'succeeded' ? 'bg-ok' : 'bg-fail'
  return (
    <>
      {to > from && (
        <span
          className={`absolute top-[3px] h-[9px] rounded-sm opacity-25 ${tone}`}
          style={{ left: percent(from), width: percent(to - from) }}
        />
      )}
      <span
        title={tryWords(attempt)}
        className={`absolute top-0 h-[15px] w-1.5 rounded-sm ring-1 ring-bg ${tone}`}
        style={{ left: percent(at) }}
      />
      {hasLabel && (
        <span className="absolute top-[17px] text-mini whitespace-nowrap text-faint" style={{ left: percent(at) }}>
          {attempt.at.expectedMs === 0 ? 'now' : formatOffset(attempt.at.expectedMs)}
        </span>
      )}
    </>
  )
}

/** Such as `+5 min, between +4 min and +6 min: 503`. */
function tryWords({ at, status, failure, outcome }: ForecastAttempt): string {
  const { earliestMs, expectedMs, latestMs } = at
  const bounds =
    formatOffset(earliestMs) === formatOffset(latestMs)
      ? ''
      : `, between ${formatOffset(earliestMs)} and ${formatOffset(latestMs)}`
  const answer = status ?? failure?.replaceAll('_', ' ') ?? outcome
  return `${expectedMs === 0 ? 'now' : formatOffset(expectedMs)}${bounds}: ${answer}`
}
