import { TextAreaField, TextField } from '../../../ui/controls/field.tsx'

/** Who looks after it: what a form holds of that. */
export interface Care {
  owner: string
  escalation: string
  /** A number as it was typed. */
  watchHours: string
}

/** As the API takes it. */
export function careInput({ owner, escalation, watchHours }: Care) {
  return {
    owner: owner.trim() === '' ? null : owner.trim(),
    escalation: escalation.trim() === '' ? null : escalation.trim(),
    watchHours: watchHours.trim() === '' ? 0 : Number(watchHours),
  }
}

export function careOf(set: { owner: string | null; escalation: string | null; watchHours: number }): Care {
  return { owner: set.owner ?? '', escalation: set.escalation ?? '', watchHours: String(set.watchHours) }
}

/** Owner, what to do when it fails, and how long a change is watched. */
export function CareFields({
  care,
  errorOf,
  onChange,
}: {
  care: Care
  errorOf: (field: string) => string | null
  onChange: (change: Partial<Care>) => void
}) {
  return (
    <>
      <TextField
        label="Owner"
        placeholder="Who answers for it"
        value={care.owner}
        error={errorOf('owner')}
        onChange={(event) => onChange({ owner: event.target.value })}
      />
      <TextAreaField
        label="When it fails"
        rows={2}
        placeholder="Whom to turn to, and how"
        value={care.escalation}
        error={errorOf('escalation')}
        onChange={(event) => onChange({ escalation: event.target.value })}
      />
      <TextField
        label="Watch period in hours"
        type="number"
        min={0}
        help="For how long after a change its attempts are flagged for review."
        value={care.watchHours}
        error={errorOf('watchHours')}
        onChange={(event) => onChange({ watchHours: event.target.value })}
      />
    </>
  )
}
