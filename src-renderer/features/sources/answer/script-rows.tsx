import { Plus } from 'lucide-react'
import { Button } from '../../../ui/controls/button.tsx'
import { SelectField } from '../../../ui/controls/field.tsx'
import { plural } from '../../../ui/format/size.ts'
import { type AnswerDraft, newStep, type StepDraft } from './answer-draft.ts'
import type { Standing } from './answer-fields.tsx'
import { ScriptStepRow } from './script-step-row.tsx'

const MOST_STEPS = 50

/** The steps of a script of answers, in order, and where it stands. */
export function ScriptRows({
  draft: { script, atEnd },
  standing,
  errorOf,
  onChange,
}: {
  draft: AnswerDraft
  standing: Standing | null
  errorOf: (field: string) => string | null
  onChange: (change: Partial<AnswerDraft>) => void
}) {
  const replace = (at: number, change: Partial<StepDraft>): void =>
    onChange({ script: script.map((step, index) => (index === at ? { ...step, ...change } : step)) })
  const stepError = (at: number): string | null => errorOf(`answer.script.${at}`)
  const listError = script.some((_, at) => stepError(at) !== null) ? null : errorOf('answer.script')
  return (
    <>
      {standing !== null && <StandingLine standing={standing} steps={script.length} />}
      <ol aria-label="Steps of the script" className="flex flex-col gap-2">
        {script.map((step, index) => (
          <ScriptStepRow
            key={index}
            number={index + 1}
            step={step}
            isNext={standing?.next === index}
            error={stepError(index)}
            onChange={(change) => replace(index, change)}
            onRemove={script.length > 1 ? () => onChange({ script: script.filter((_, at) => at !== index) }) : null}
          />
        ))}
      </ol>
      {listError !== null && (
        <p role="alert" className="text-small text-fail">
          {listError}
        </p>
      )}
      <Button
        look="ghost"
        className="self-start"
        disabled={script.length >= MOST_STEPS}
        onClick={() => onChange({ script: [...script, newStep('200')] })}
      >
        <Plus size={13} /> Add a step
      </Button>
      <SelectField
        label="After the last step"
        value={atEnd}
        error={errorOf('answer.atEnd')}
        onChange={(event) => onChange({ atEnd: event.target.value === 'repeat' ? 'repeat' : 'stay' })}
      >
        <option value="stay">its answer stays</option>
        <option value="repeat">the script begins again</option>
      </SelectField>
    </>
  )
}

function StandingLine({ standing: { given, next, onReset }, steps }: { standing: Standing; steps: number }) {
  return (
    <div className="flex items-center gap-2 text-small text-muted">
      <span role="status">
        {given === 0 ? 'Nothing answered yet' : `${plural(given, 'answer')} given`};{' '}
        {next === null ? 'each message begins at step 1.' : `step ${next + 1} of ${steps} comes next.`}
      </span>
      <Button className="ml-auto" disabled={given === 0} onClick={onReset}>
        Begin again
      </Button>
    </div>
  )
}
