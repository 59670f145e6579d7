import { useState } from 'react'
import type { ReplayInput } from '../../../platform/replays/begin-replay.ts'
import { useFilter } from '../../../platform/filter/use-filter.ts'
import type { Refusal } from '../../../platform/api/refusal.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { plural } from '../../../ui/format/size.ts'
import { readRate } from '../../../ui/runs/rate.ts'
import { RateField } from '../../../ui/runs/rate-field.tsx'
import { ReplayRefusal } from '../parts/replay-refusal.tsx'
import { type Aim, aimInput, isAimed } from '../parts/aim.ts'
import { ReplayTarget } from '../parts/replay-target.tsx'
import { ReplaySigning } from '../parts/replay-signing.tsx'
import { FIRST_SIGNING, type Signing, signingInput } from '../parts/signing.ts'
import { ANY_TIME, rangeProblem, type TimeRange, withRange } from './time-range.ts'
import { FilterField } from './filter-field.tsx'
import { TimeRangeFields } from './time-range-fields.tsx'

/** Which events are sent again: chosen ones, or all that a filter takes. */
export type ReplayedEvents = { eventIds: readonly string[] } | { filter: string }

/** What is asked of a bulk replay, as a person fills it in. */
export interface BulkDraft {
  filter: string
  range: TimeRange
  aim: Aim
  signing: Signing
  rate: string
}

export function draftOf(events: ReplayedEvents): BulkDraft {
  const filter = 'filter' in events ? events.filter : ''
  return { filter, range: ANY_TIME, aim: { kind: 'matching' }, signing: FIRST_SIGNING, rate: '' }
}

/** As the API takes it; null where something is still missing. */
export function inputOf(events: ReplayedEvents, draft: BulkDraft): ReplayInput | null {
  const { filter, range, aim, signing, rate } = draft
  const ratePerSecond = readRate(rate)
  if (ratePerSecond === 'invalid' || !isAimed(aim) || rangeProblem(range) !== null) return null
  const what = 'eventIds' in events ? { eventIds: [...events.eventIds] } : { filter: withRange(filter, range) }
  return { ...what, ...aimInput(aim), ...signingInput(signing, aim), ratePerSecond }
}

/** Asks which events, where to, how signed and how fast. */
export function BulkForm({
  events,
  draft,
  refusal,
  isCounting,
  onChange,
  onCount,
  onClose,
}: {
  events: ReplayedEvents
  draft: BulkDraft
  /** Why the last count was refused. */
  refusal: Refusal | null
  isCounting: boolean
  onChange: (draft: BulkDraft) => void
  onCount: (input: ReplayInput) => void
  onClose: () => void
}) {
  const [isTimed, setTimed] = useState(draft.range !== ANY_TIME)
  const filter = useFilter(draft.filter, 'events')
  const input = 'filter' in events && filter.trouble !== null ? null : inputOf(events, draft)
  const errorAt = (field: string): string | null =>
    refusal?.field === field ? [refusal.message, refusal.hint].filter((part) => part !== null).join(' ') : null
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        if (input !== null) onCount(input)
      }}
    >
      <DialogBody>
        {'eventIds' in events ? (
          <p>{plural(events.eventIds.length, 'chosen event')}, sent in the order in which they came.</p>
        ) : (
          <div className="flex flex-col gap-3">
            <FilterField
              filter={filter}
              error={errorAt('filter')}
              onChange={(text) => onChange({ ...draft, filter: text })}
            />
            {isTimed ? (
              <TimeRangeFields
                range={draft.range}
                help="Empty for no bound."
                onChange={(range) => onChange({ ...draft, range })}
              />
            ) : (
              <Button className="self-start" onClick={() => setTimed(true)}>
                Only those of a time…
              </Button>
            )}
          </div>
        )}
        <ReplayTarget
          matching={{
            label: 'Every endpoint that takes them',
            help: 'Each event to those whose types and condition fit it now.',
          }}
          aim={draft.aim}
          error={errorAt('url')}
          onChange={(aim) => onChange({ ...draft, aim })}
        />
        <ReplaySigning
          signing={draft.signing}
          isToAddress={draft.aim.kind === 'url'}
          onChange={(signing) => onChange({ ...draft, signing })}
        />
        <RateField value={draft.rate} onChange={(rate) => onChange({ ...draft, rate })} />
        {refusal !== null && errorAt('url') === null && errorAt('filter') === null && (
          <ReplayRefusal refusal={refusal} />
        )}
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          {...('eventIds' in events && { 'data-first': true })}
          type="submit"
          look="primary"
          disabled={input === null || isCounting}
        >
          {isCounting ? 'Counting…' : 'Dry run'}
        </Button>
      </DialogActions>
    </form>
  )
}
