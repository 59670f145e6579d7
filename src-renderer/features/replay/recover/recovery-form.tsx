import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { type Refusal, refusalOf } from '../../../platform/api/refusal.ts'
import type { ReplayInput } from '../../../platform/replays/begin-replay.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { plural } from '../../../ui/format/size.ts'
import { RateField } from '../../../ui/runs/rate-field.tsx'
import { DryRunView } from '../bulk/dry-run-view.tsx'
import { TimeRangeFields } from '../bulk/time-range-fields.tsx'
import { ANY_TIME, fromLocalInput, type TimeRange, toLocalInput } from '../bulk/time-range.ts'
import { useDryRun } from '../bulk/use-dry-run.ts'
import { ReplayRefusal } from '../parts/replay-refusal.tsx'
import { ReplaySigning } from '../parts/replay-signing.tsx'
import { ReplayTarget } from '../parts/replay-target.tsx'
import { OutageSuggestions, useOutages } from './outage-suggestions.tsx'
import { ReasonsField } from './reasons-field.tsx'
import { FIRST_DRAFT, inputOf, rangeOf, type RecoveryDraft } from './recovery-draft.ts'

/** Which time, which events, where to and how fast; then the count, and only then the replay. */
export function RecoveryForm({
  endpoint,
  isBeginning,
  refusal,
  onBegin,
}: {
  endpoint: EndpointView
  isBeginning: boolean
  /** Why it did not begin. */
  refusal: Refusal | null
  onBegin: (input: ReplayInput) => void
}) {
  const [range, setRange] = useRange()
  const outages = useOutages(endpoint.id)
  const suggested = outages?.[0]
  const shown = range ?? (suggested === undefined ? ANY_TIME : rangeOf(suggested))
  const [draft, setDraft] = useState<RecoveryDraft>(FIRST_DRAFT)
  const { state, count, forget } = useDryRun()
  const input = inputOf(endpoint.id, shown, draft)
  const change = (next: Partial<RecoveryDraft>): void => {
    setDraft({ ...draft, ...next })
    forget()
  }
  const changeRange = (next: TimeRange): void => {
    setRange(next)
    forget()
  }
  const failed = state.kind === 'failed' ? refusalOf(state.error) : refusal
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(submit) => {
        submit.preventDefault()
        if (input !== null) count(input)
      }}
    >
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1.5 text-small font-medium">When it was away</legend>
        {outages !== undefined && <OutageSuggestions outages={outages} chosen={shown} onChoose={changeRange} />}
        <TimeRangeFields
          range={shown}
          help="The first event that it may have missed."
          untilHelp="Empty for now."
          onChange={changeRange}
        />
      </fieldset>
      <ReasonsField reasons={draft.reasons} onChange={(reasons) => change({ reasons })} />
      <ReplayTarget
        matching={{ label: endpoint.name, help: 'The endpoint that did not get them.' }}
        aim={draft.aim}
        error={failed?.field === 'url' ? failed.message : null}
        onChange={(aim) => change({ aim })}
      />
      <ReplaySigning
        signing={draft.signing}
        isToAddress={draft.aim.kind === 'url'}
        onChange={(signing) => change({ signing })}
      />
      <RateField value={draft.rate} onChange={(rate) => change({ rate })} />
      {failed !== null && failed.field !== 'url' && <ReplayRefusal refusal={failed} />}
      {state.kind === 'counted' ? (
        <div className="flex flex-col gap-3 border-t border-line pt-3">
          <DryRunView counted={state.counted} ratePerSecond={state.input.ratePerSecond ?? null} />
          <div className="flex gap-2">
            <Button
              look="primary"
              disabled={isBeginning || state.counted.deliveries === 0}
              onClick={() => onBegin(state.input)}
            >
              Replay {plural(state.counted.deliveries, 'delivery', 'deliveries')}
            </Button>
            <Button type="submit">Count again</Button>
          </div>
        </div>
      ) : (
        <div className="flex gap-2">
          <Button type="submit" look="primary" disabled={input === null || state.kind === 'counting'}>
            {state.kind === 'counting' ? 'Counting…' : 'Dry run'}
          </Button>
          {state.kind === 'counting' && <Button onClick={forget}>Stop counting</Button>}
        </div>
      )}
    </form>
  )
}

/** The stretch as it stands in the address; null where none was chosen yet. */
function useRange(): [range: TimeRange | null, setRange: (range: TimeRange) => void] {
  const navigate = useNavigate()
  const { since, until } = useSearch({ from: '/replays' })
  // What is half typed is no instant yet, so the address alone could not hold it.
  const [range, setRange] = useState<TimeRange | null>(() =>
    since === undefined ? null : { since: inputText(since), until: inputText(until) },
  )
  const change = (next: TimeRange): void => {
    setRange(next)
    const [from, to] = [fromLocalInput(next.since) ?? undefined, fromLocalInput(next.until) ?? undefined]
    void navigate({ to: '.', search: (old) => ({ ...old, since: from, until: to }), replace: true })
  }
  return [range, change]
}

function inputText(instant: string | undefined): string {
  const at = Date.parse(instant ?? '')
  return Number.isNaN(at) ? '' : toLocalInput(at)
}
