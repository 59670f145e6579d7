import { SelectField, TextField } from '../../../ui/controls/field.tsx'
import { Toggle } from '../../../ui/controls/toggle.tsx'
import type { ScheduleDraft } from './draft.ts'

const timeZones = Intl.supportedValuesOf('timeZone')

/** When it starts by itself. */
export function ScheduleFields({
  schedule,
  errorOf,
  onChange,
}: {
  schedule: ScheduleDraft | null
  errorOf: (field: string) => string | null
  onChange: (schedule: ScheduleDraft | null) => void
}) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 text-small font-medium">Schedule</legend>
      <Toggle
        label="Start by schedule"
        checked={schedule !== null}
        onChange={(isOn) => onChange(isOn ? { cron: '0 6 * * *', timeZone: own, missed: 'skip', tags: '' } : null)}
      />
      {schedule !== null && (
        <>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="Starts at"
              mono
              help="Minute, hour, day of month, month, day of week: 30 6 * * 1-5 is 6:30 on working days."
              value={schedule.cron}
              error={errorOf('schedule.cron')}
              onChange={({ target: { value } }) => onChange({ ...schedule, cron: value })}
            />
            <TextField
              label="Time zone"
              list="workflow-time-zones"
              value={schedule.timeZone}
              error={errorOf('schedule.timeZone')}
              onChange={({ target: { value } }) => onChange({ ...schedule, timeZone: value })}
            />
            <datalist id="workflow-time-zones">
              {['UTC', ...timeZones].map((zone) => (
                <option key={zone} value={zone}>
                  {zone}
                </option>
              ))}
            </datalist>
            <SelectField
              label="Starts that were missed"
              help="While Hookloop did not run or the machine slept."
              value={schedule.missed}
              onChange={({ target: { value } }) => onChange({ ...schedule, missed: value as ScheduleDraft['missed'] })}
            >
              <option value="skip">are left out</option>
              <option value="run_once">are made up for by one run</option>
            </SelectField>
            <TextField
              label="Only targets tagged"
              help="All where it is empty."
              value={schedule.tags}
              error={errorOf('schedule.tags')}
              onChange={({ target: { value } }) => onChange({ ...schedule, tags: value })}
            />
          </div>
        </>
      )}
    </fieldset>
  )
}
