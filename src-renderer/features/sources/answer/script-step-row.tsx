import { ChevronRight, X } from 'lucide-react'
import { IconButton } from '../../../ui/controls/button.tsx'
import { HeaderRows } from '../../../ui/editors/header-rows.tsx'
import { plural } from '../../../ui/format/size.ts'
import type { StepDraft } from './answer-draft.ts'

const CELL = 'mono min-w-0 rounded border border-line bg-bg px-2 hover:border-faint aria-invalid:border-fail'

/** One step of a script: status, delay and body in a row, headers below where they are wanted. */
export function ScriptStepRow({
  number,
  step,
  isNext,
  error,
  onChange,
  onRemove,
}: {
  number: number
  step: StepDraft
  isNext: boolean
  error: string | null
  onChange: (change: Partial<StepDraft>) => void
  /** Null for the only step. */
  onRemove: (() => void) | null
}) {
  return (
    <li aria-current={isNext ? 'step' : undefined} className="flex flex-col gap-1">
      <div className="grid grid-cols-[26px_64px_92px_minmax(0,1fr)_24px] items-start gap-1.5">
        <span className={`flex h-7 items-center ${isNext ? 'font-semibold text-accent' : 'text-muted'}`}>
          {isNext && <ChevronRight size={12} aria-label="comes next" />}
          {number}
        </span>
        <input
          type="number"
          aria-label={`Status of step ${number}`}
          aria-invalid={error !== null}
          min="200"
          max="599"
          required
          className={`h-7 ${CELL}`}
          value={step.status}
          onChange={(event) => onChange({ status: event.target.value })}
        />
        <span className="relative">
          <input
            type="number"
            aria-label={`Delay of step ${number}, in ms`}
            min="0"
            max="60000"
            required
            className={`h-7 w-full pr-7 ${CELL}`}
            value={step.delayMs}
            onChange={(event) => onChange({ delayMs: event.target.value })}
          />
          <span aria-hidden="true" className="absolute top-1.5 right-2 text-small text-muted">
            ms
          </span>
        </span>
        <textarea
          aria-label={`Body of step ${number}`}
          rows={1}
          spellCheck={false}
          placeholder="JSON receipt"
          className={`min-h-7 resize-y py-1 leading-[18px] ${CELL}`}
          value={step.body}
          onChange={(event) => onChange({ body: event.target.value })}
        />
        {onRemove !== null && (
          <IconButton label={`Remove step ${number}`} onClick={onRemove}>
            <X size={13} />
          </IconButton>
        )}
      </div>
      <details className="ml-8" open={step.headers.length > 0}>
        <summary className="text-small text-muted">
          {step.headers.length === 0 ? 'Headers' : plural(step.headers.length, 'header')}
        </summary>
        <div className="pt-1.5">
          <HeaderRows
            legend={`Headers of step ${number}`}
            headers={step.headers}
            onChange={(headers) => onChange({ headers })}
          />
        </div>
      </details>
      {error !== null && (
        <p role="alert" className="ml-8 text-small text-fail">
          {error}
        </p>
      )}
    </li>
  )
}
