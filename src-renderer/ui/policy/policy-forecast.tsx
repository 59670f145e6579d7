import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Forecast } from '#shared/model/forecast.ts'
import type { Policy } from '#shared/model/policy.ts'
import { useApi } from '../../platform/api/session.ts'
import { SelectField } from '../controls/field.tsx'
import { SCENARIOS } from './scenarios.ts'
import { TryLine } from './try-line.tsx'

/** When the tries of a policy would come, for a receiver that behaves as chosen. Null for a policy that cannot be read. */
export function PolicyForecast({ policy }: { policy: string | Policy | null }) {
  const [chosen, setChosen] = useState<string>(SCENARIOS[0].id)
  const { scenario } = SCENARIOS.find(({ id }) => id === chosen) ?? SCENARIOS[0]
  const { data: forecast } = useQuery(
    useApi().system.forecast.queryOptions({
      input: policy === null ? skipToken : { policy, scenario },
      placeholderData: keepPreviousData,
    }),
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
      {/* In sight while the fields below it are edited, where that leaves them room: 16 px is the padding of a pane's form. */}
      <div className="-top-4 z-10 flex [@media(min-height:720px)]:sticky min-h-14 flex-col gap-1 bg-bg py-1.5">
        {forecast !== undefined && <TryLine forecast={forecast} />}
        <p role="status" className="text-small">
          {policy === null ? 'Drawn again once every field can be read.' : forecast && outcomeWords(forecast)}
        </p>
      </div>
    </>
  )
}

function outcomeWords({ end, breakerOpensAtMs }: Forecast): string {
  return breakerOpensAtMs !== null && end.reason !== 'paused_breaker' ? `${end.words} The endpoint pauses.` : end.words
}
