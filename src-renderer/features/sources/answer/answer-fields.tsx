import { SelectField, TextAreaField, TextField } from '../../../ui/controls/field.tsx'
import { HeaderRows } from '../../../ui/editors/header-rows.tsx'
import type { AnswerDraft, StepDraft } from './answer-draft.ts'
import { ScriptRows } from './script-rows.tsx'

/** How many answers of the saved script were given, and how to begin again. */
export interface Standing {
  given: number
  /** The step that comes next, from 0; null where each message walks the script by itself. */
  next: number | null
  onReset: () => void
}

/** What the sender is answered: the same each time, or by a script. */
export function AnswerFields({
  draft,
  standing,
  errorOf,
  onChange,
}: {
  draft: AnswerDraft
  standing: Standing | null
  errorOf: (field: string) => string | null
  onChange: (change: Partial<AnswerDraft>) => void
}) {
  return (
    <section aria-label="Answer" className="flex flex-col gap-3 rounded-md border border-line p-3">
      <SelectField
        label="The sender is answered"
        value={draft.kind}
        help={
          draft.kind === 'one'
            ? 'What it gets, once its request is stored.'
            : 'Each whole request gets the next answer, so that a sender’s retries can be watched.'
        }
        onChange={(event) => onChange({ kind: event.target.value === 'script' ? 'script' : 'one' })}
      >
        <option value="one">the same each time</option>
        <option value="script">by a script of answers</option>
      </SelectField>
      {draft.kind === 'one' ? (
        <OneAnswer
          draft={draft.one}
          errorOf={errorOf}
          onChange={(change) => onChange({ one: { ...draft.one, ...change } })}
        />
      ) : (
        <ScriptRows draft={draft} standing={standing} errorOf={errorOf} onChange={onChange} />
      )}
    </section>
  )
}

function OneAnswer({
  draft,
  errorOf,
  onChange,
}: {
  draft: StepDraft
  errorOf: (field: string) => string | null
  onChange: (change: Partial<StepDraft>) => void
}) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Status"
          type="number"
          min="200"
          max="599"
          required
          value={draft.status}
          error={errorOf('answer.status')}
          onChange={(event) => onChange({ status: event.target.value })}
        />
        <TextField
          label="Delay, in ms"
          type="number"
          min="0"
          max="60000"
          required
          value={draft.delayMs}
          error={errorOf('answer.delayMs')}
          onChange={(event) => onChange({ delayMs: event.target.value })}
        />
      </div>
      <HeaderRows
        legend="Headers of the answer"
        headers={draft.headers}
        error={errorOf('answer.headers')}
        onChange={(headers) => onChange({ headers })}
      />
      <TextAreaField
        label="Body of the answer"
        placeholder="Empty: a short JSON receipt with the event’s id"
        value={draft.body}
        error={errorOf('answer.body')}
        onChange={(event) => onChange({ body: event.target.value })}
      />
    </>
  )
}
