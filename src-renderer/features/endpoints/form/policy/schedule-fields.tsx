import type { RetrySchedule } from '#shared/model/policy.ts'
import { Choice } from '../../../../ui/controls/choice.tsx'
import { waitsOf } from '../../../../ui/format/policy-words.ts'
import { NumberInput, OptionalSpanInput, SpanInput, SpansInput } from './policy-inputs.tsx'
import { PolicyPart, usePolicyEditing } from './policy-part.tsx'

type List = Extract<RetrySchedule, { kind: 'list' }>
type Exponential = Extract<RetrySchedule, { kind: 'exponential' }>

const KINDS = [
  { value: 'list', label: 'Waits by hand' },
  { value: 'exponential', label: 'Exponential' },
] as const
const SECOND_MS = 1_000

/** The other way to say a schedule, as near to this one as it can. */
function asKind(schedule: RetrySchedule, kind: RetrySchedule['kind'], canBeRead: boolean): RetrySchedule {
  if (schedule.kind === kind) return schedule
  const waits = canBeRead ? waitsOf(schedule) : []
  const { jitter } = schedule
  if (kind === 'list') return { kind, waitsMs: waits.map(Math.round), repeat: null, jitter }
  const baseMs = waits[0] ?? 5 * SECOND_MS
  return { kind, retries: waits.length, baseMs, factor: 2, capMs: Math.max(baseMs, ...waits), jitter }
}

/** When the next try comes. */
export function ScheduleFields() {
  const { policy, errorAt, set } = usePolicyEditing()
  const { schedule } = policy
  const change = (next: RetrySchedule): void => set({ schedule: next })
  return (
    <PolicyPart of="schedule">
      <div className="flex items-center justify-between gap-2">
        <span className="text-small font-medium">Retries</span>
        <Choice
          label="Kind of schedule"
          value={schedule.kind}
          options={KINDS}
          onChange={(kind) => change(asKind(schedule, kind, errorAt('schedule') === null))}
        />
      </div>
      {schedule.kind === 'list' ? (
        <ListFields schedule={schedule} onChange={change} />
      ) : (
        <ExponentialFields schedule={schedule} onChange={change} />
      )}
      <NumberInput
        label="Jitter, in %"
        help="Spreads each wait by so much, both ways."
        error={errorAt('schedule.jitter')}
        value={typeof schedule.jitter === 'number' ? Number((schedule.jitter * 100).toFixed(4)) : schedule.jitter}
        onChange={(percent) => change({ ...schedule, jitter: typeof percent === 'number' ? percent / 100 : percent })}
      />
    </PolicyPart>
  )
}

function ListFields({ schedule, onChange }: { schedule: List; onChange: (schedule: List) => void }) {
  const { errorAt } = usePolicyEditing()
  const { repeat } = schedule
  return (
    <>
      <SpansInput
        label="Waits before each retry"
        help="From the end of the try before."
        error={errorAt('schedule.waitsMs')}
        value={schedule.waitsMs}
        onChange={(waitsMs) => onChange({ ...schedule, waitsMs })}
      />
      <div className="grid grid-cols-2 gap-3">
        <OptionalSpanInput
          label="Then again every"
          empty="not at all"
          error={errorAt('schedule.repeat.everyMs')}
          value={repeat?.everyMs ?? null}
          onChange={(everyMs) =>
            onChange({
              ...schedule,
              repeat: everyMs === null ? null : { everyMs, untilMs: repeat?.untilMs ?? 86_400_000 },
            })
          }
        />
        {repeat !== null && (
          <SpanInput
            label="Until these are over"
            error={errorAt('schedule.repeat.untilMs')}
            value={repeat.untilMs}
            onChange={(untilMs) => onChange({ ...schedule, repeat: { ...repeat, untilMs } })}
          />
        )}
      </div>
    </>
  )
}

function ExponentialFields({
  schedule,
  onChange,
}: {
  schedule: Exponential
  onChange: (schedule: Exponential) => void
}) {
  const { errorAt } = usePolicyEditing()
  return (
    <div className="grid grid-cols-2 gap-3">
      <NumberInput
        label="Retries"
        error={errorAt('schedule.retries')}
        value={schedule.retries}
        onChange={(retries) => onChange({ ...schedule, retries })}
      />
      <SpanInput
        label="First wait"
        error={errorAt('schedule.baseMs')}
        value={schedule.baseMs}
        onChange={(baseMs) => onChange({ ...schedule, baseMs })}
      />
      <NumberInput
        label="Each times"
        error={errorAt('schedule.factor')}
        value={schedule.factor}
        onChange={(factor) => onChange({ ...schedule, factor })}
      />
      <SpanInput
        label="Longest wait"
        error={errorAt('schedule.capMs')}
        value={schedule.capMs}
        onChange={(capMs) => onChange({ ...schedule, capMs })}
      />
    </div>
  )
}
