import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Forecast, ForecastAttempt } from '#shared/model/forecast.ts'
import type { Policy } from '#shared/model/policy.ts'
import { useApi } from '../../platform/api/session.ts'
import { SelectField } from '../controls/field.tsx'
import { formatOffset } from '../format/time.ts'
import { SCENARIOS } from './scenarios.ts'

/** As many as fit on a line with their labels. */
const SHOWN = 10

/** When the tries of a policy would come, for a receiver that behaves as chosen. */
export function PolicyForecast({ policy }: { policy: string | Policy }) {
  const [chosen, setChosen] = useState<string>(SCENARIOS[0].id)
  const { scenario } = SCENARIOS.find(({ id }) => id === chosen) ?? SCENARIOS[0]
  const { data: forecast } = useQuery(
    useApi().system.forecast.queryOptions({ input: { policy, scenario }, placeholderData: keepPreviousData }),
  )
  return (
    <>
      <SelectField label="If the receiver" value={chosen} onChange={(event) => setChosen(event.target.value)}>
        {SCENARIOS.map(({ id, words }) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </SelectField>
      {forecast && <Tries forecast={forecast} />}
    </>
  )
}

/** The tries on a line; the distance is not to scale, the labels are. */
function Tries({ forecast: { attempts, end, breakerOpensAtMs } }: { forecast: Forecast }) {
  const shown = attempts.slice(0, SHOWN)
  const more = attempts.length - shown.length
  return (
    <>
      <div role="img" aria-label={`Tries: ${shown.map(tryWords).join('; ')}`} className="flex">
        {shown.map((attempt, index) => (
          <div
            key={attempt.number}
            title={tryWords(attempt)}
            className="relative h-8.5 min-w-0 grow basis-0 last:grow-0 last:basis-14"
          >
            {index < shown.length - 1 && (
              <span className="absolute inset-x-0 top-[7px] border-t border-dashed border-faint/70" />
            )}
            <span
              className={`absolute top-0 left-0 h-[15px] w-[7px] rounded-sm ${attempt.outcome === 'succeeded' ? 'bg-ok' : 'bg-fail'}`}
            />
            <span className="absolute top-[17px] left-0 max-w-full truncate text-mini text-faint">
              {index === 0 ? 'now' : formatOffset(attempt.at.expectedMs)}
            </span>
          </div>
        ))}
      </div>
      <p role="status" className="text-small">
        {more > 0 && `${more} more tries. `}
        {end.words}
        {breakerOpensAtMs !== null && end.reason !== 'paused_breaker' && ' The endpoint pauses.'}
      </p>
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
