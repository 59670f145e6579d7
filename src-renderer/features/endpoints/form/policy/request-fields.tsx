import { Toggle } from '../../../../ui/controls/toggle.tsx'
import {
  NumberInput,
  OptionalNumberInput,
  OptionalSizeInput,
  OptionalSpanInput,
  SizeInput,
  WordInput,
} from './policy-inputs.tsx'
import { PolicyPart, usePolicyEditing } from './policy-part.tsx'

const ENCODINGS = {
  raw: 'As it came',
  form: 'A form of its top-level fields',
  envelope: 'An envelope of id, type, createdAt, data',
} as const
const SCHEDULED = {
  follow: 'goes to the new URL',
  keep: 'keeps its address',
} as const

/** How much, how fast and in which order. */
export function CapFields() {
  const { policy, errorAt, set } = usePolicyEditing()
  return (
    <>
      <PolicyPart of="ordered">
        <Toggle
          label="Strict order"
          help="One at a time: a failing one holds up the rest."
          checked={policy.ordered}
          onChange={(ordered) => set({ ordered })}
        />
      </PolicyPart>
      <div className="grid grid-cols-2 items-start gap-3">
        <PolicyPart of="concurrency">
          <NumberInput
            label="Attempts in flight"
            error={errorAt('concurrency')}
            value={policy.concurrency}
            onChange={(concurrency) => set({ concurrency })}
          />
        </PolicyPart>
        <PolicyPart of="ratePerSecond">
          <OptionalNumberInput
            label="Attempts a second"
            empty="no limit"
            error={errorAt('ratePerSecond')}
            value={policy.ratePerSecond}
            onChange={(ratePerSecond) => set({ ratePerSecond })}
          />
        </PolicyPart>
        <PolicyPart of="bodyLimitBytes">
          <OptionalSizeInput
            label="Largest body"
            empty="no limit"
            error={errorAt('bodyLimitBytes')}
            value={policy.bodyLimitBytes}
            onChange={(bodyLimitBytes) => set({ bodyLimitBytes })}
          />
        </PolicyPart>
        <PolicyPart of="responseLimitBytes">
          <SizeInput
            label="Kept of an answer"
            error={errorAt('responseLimitBytes')}
            value={policy.responseLimitBytes}
            onChange={(responseLimitBytes) => set({ responseLimitBytes })}
          />
        </PolicyPart>
      </div>
    </>
  )
}

/** What goes out, and what happens around it. */
export function SendingFields() {
  const { policy, errorAt, set } = usePolicyEditing()
  return (
    <>
      <PolicyPart of="encoding">
        <WordInput
          label="Body"
          error={errorAt('encoding')}
          value={policy.encoding}
          words={ENCODINGS}
          onChange={(encoding) => set({ encoding })}
        />
      </PolicyPart>
      <PolicyPart of="scheduled">
        <WordInput
          label="When the URL changes, what is scheduled"
          error={errorAt('scheduled')}
          value={policy.scheduled}
          words={SCHEDULED}
          onChange={(scheduled) => set({ scheduled })}
        />
      </PolicyPart>
      <PolicyPart of="manualRetryMs">
        <OptionalSpanInput
          label="Retry by hand for"
          help="From the event on."
          empty="ever"
          error={errorAt('manualRetryMs')}
          value={policy.manualRetryMs}
          onChange={(manualRetryMs) => set({ manualRetryMs })}
        />
      </PolicyPart>
      <PolicyPart of="notifyOnFailure">
        <Toggle
          label="Tell the notification URL of a failed delivery"
          checked={policy.notifyOnFailure}
          onChange={(notifyOnFailure) => set({ notifyOnFailure })}
        />
      </PolicyPart>
    </>
  )
}
