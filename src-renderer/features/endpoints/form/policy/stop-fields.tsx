import { Plus, X } from 'lucide-react'
import type { Policy } from '#shared/model/policy.ts'
import { Button, IconButton } from '../../../../ui/controls/button.tsx'
import { Toggle } from '../../../../ui/controls/toggle.tsx'
import { SpanInput, StatusesInput, WordInput } from './policy-inputs.tsx'
import { PolicyPart, usePolicyEditing } from './policy-part.tsx'

const RETRY_OR_STOP = { retry: 'Try again', stop: 'End the delivery' } as const

/** What ends a delivery before its tries are used up, and what puts the next one off. */
export function StopFields() {
  const { policy, errorAt, set } = usePolicyEditing()
  const { clientErrors, retryAfter } = policy
  return (
    <>
      <PolicyPart of="clientErrors">
        <Toggle
          label="A 4xx ends the delivery"
          checked={clientErrors.stop}
          onChange={(stop) => set({ clientErrors: { ...clientErrors, stop } })}
        />
        {clientErrors.stop && (
          <StatusesInput
            label="Except"
            error={errorAt('clientErrors.except')}
            value={clientErrors.except}
            onChange={(except) => set({ clientErrors: { ...clientErrors, except } })}
          />
        )}
      </PolicyPart>
      <StopRules />
      <div className="grid grid-cols-3 gap-3">
        <PolicyPart of="redirects">
          <WordInput
            label="A redirect"
            error={errorAt('redirects')}
            value={policy.redirects}
            words={RETRY_OR_STOP}
            onChange={(redirects) => set({ redirects })}
          />
        </PolicyPart>
        <PolicyPart of="networkErrors">
          <WordInput
            label="A network error"
            error={errorAt('networkErrors')}
            value={policy.networkErrors}
            words={RETRY_OR_STOP}
            onChange={(networkErrors) => set({ networkErrors })}
          />
        </PolicyPart>
        <PolicyPart of="invalidAnswers">
          <WordInput
            label="No HTTP answer"
            error={errorAt('invalidAnswers')}
            value={policy.invalidAnswers}
            words={RETRY_OR_STOP}
            onChange={(invalidAnswers) => set({ invalidAnswers })}
          />
        </PolicyPart>
      </div>
      <PolicyPart of="retryAfter">
        <Toggle
          label="Honour Retry-After"
          help="Puts the next try off, never brings it forward."
          checked={retryAfter.honour}
          onChange={(honour) => set({ retryAfter: { ...retryAfter, honour } })}
        />
        {retryAfter.honour && (
          <SpanInput
            label="At most"
            error={errorAt('retryAfter.capMs')}
            value={retryAfter.capMs}
            onChange={(capMs) => set({ retryAfter: { ...retryAfter, capMs } })}
          />
        )}
      </PolicyPart>
    </>
  )
}

type StopHeader = Policy['stop']['headers'][number]

const CELL = 'h-7 min-w-0 rounded border border-line bg-bg px-2 hover:border-faint'

/** Statuses and answer headers that end a delivery at once. */
function StopRules() {
  const { policy, errorAt, set } = usePolicyEditing()
  const { stop } = policy
  const setHeaders = (headers: StopHeader[]): void => set({ stop: { ...stop, headers } })
  const replace = (at: number, change: Partial<StopHeader>): void =>
    setHeaders(stop.headers.map((header, index) => (index === at ? { ...header, ...change } : header)))
  const error = errorAt('stop.headers')
  return (
    <PolicyPart of="stop">
      <StatusesInput
        label="These statuses end it, too"
        error={errorAt('stop.statuses')}
        value={stop.statuses}
        onChange={(statuses) => set({ stop: { ...stop, statuses } })}
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-small font-medium">Answer headers that end it</legend>
        {stop.headers.map(({ name, value, action }, index) => (
          <div key={index} className="grid grid-cols-[2fr_2fr_3fr_24px] items-center gap-1.5">
            <input
              aria-label={`Name of stop header ${index + 1}`}
              placeholder="Name"
              spellCheck={false}
              className={`mono ${CELL}`}
              value={name}
              onChange={(event) => replace(index, { name: event.target.value })}
            />
            <input
              aria-label={`Value of stop header ${index + 1}`}
              placeholder="value"
              spellCheck={false}
              className={`mono ${CELL}`}
              value={value}
              onChange={(event) => replace(index, { value: event.target.value })}
            />
            <select
              aria-label={`What stop header ${index + 1} does`}
              className={CELL}
              value={action}
              onChange={(event) => replace(index, { action: event.target.value === 'pause' ? 'pause' : 'stop' })}
            >
              <option value="stop">Ends the delivery</option>
              <option value="pause">… and pauses the endpoint</option>
            </select>
            <IconButton
              label={`Remove stop header ${index + 1}`}
              onClick={() => setHeaders(stop.headers.filter((_, at) => at !== index))}
            >
              <X size={13} />
            </IconButton>
          </div>
        ))}
        {error !== null && (
          <p role="alert" className="text-small text-fail">
            {error}
          </p>
        )}
        <Button
          look="ghost"
          className="self-start"
          onClick={() => setHeaders([...stop.headers, { name: '', value: '', action: 'stop' }])}
        >
          <Plus size={13} /> Add a stop header
        </Button>
      </fieldset>
    </PolicyPart>
  )
}
