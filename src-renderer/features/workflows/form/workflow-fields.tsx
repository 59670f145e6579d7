import { TextAreaField, TextField } from '../../../ui/controls/field.tsx'
import type { WorkflowDraft } from './draft.ts'
import { EventRows } from './event-rows.tsx'
import { OptionFields } from './option-fields.tsx'
import { ScheduleFields } from './schedule-fields.tsx'
import { TargetRows } from './target-rows.tsx'

export function WorkflowFields({
  draft,
  errorOf,
  onChange,
}: {
  draft: WorkflowDraft
  errorOf: (field: string) => string | null
  onChange: (change: Partial<WorkflowDraft>) => void
}) {
  return (
    <>
      <TextField
        label="Description"
        placeholder="What it proves, in a sentence."
        value={draft.description}
        error={errorOf('description')}
        onChange={({ target: { value } }) => onChange({ description: value })}
      />
      <TargetRows targets={draft.targets} errorOf={errorOf} onChange={(targets) => onChange({ targets })} />
      <EventRows events={draft.events} errorOf={errorOf} onChange={(events) => onChange({ events })} />
      <TextAreaField
        label="Variables"
        rows={2}
        help="One a line, name=value. A run may give other values. They are stored and shown: no secrets."
        placeholder="host=localhost:3000"
        value={draft.variables}
        error={errorOf('variables')}
        onChange={({ target: { value } }) => onChange({ variables: value })}
      />
      <ScheduleFields schedule={draft.schedule} errorOf={errorOf} onChange={(schedule) => onChange({ schedule })} />
      <OptionFields draft={draft} errorOf={errorOf} onChange={onChange} />
    </>
  )
}
