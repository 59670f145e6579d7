import { TextField } from '../../../ui/controls/field.tsx'
import { rangeProblem, type TimeRange } from './time-range.ts'

/** From when, until when; both in the zone of this machine. */
export function TimeRangeFields({
  range,
  help,
  untilHelp,
  error = null,
  onChange,
}: {
  range: TimeRange
  help: string
  untilHelp?: string
  error?: string | null
  onChange: (range: TimeRange) => void
}) {
  return (
    <div className="grid grid-cols-2 gap-3 @max-lg:grid-cols-1">
      <TextField
        label="Arrived from"
        type="datetime-local"
        step={1}
        value={range.since}
        help={help}
        onChange={(event) => onChange({ ...range, since: event.target.value })}
      />
      <TextField
        label="Until"
        type="datetime-local"
        step={1}
        value={range.until}
        help={untilHelp}
        error={rangeProblem(range) ?? error}
        onChange={(event) => onChange({ ...range, until: event.target.value })}
      />
    </div>
  )
}
