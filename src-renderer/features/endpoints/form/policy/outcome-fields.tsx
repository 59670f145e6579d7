import { TextField } from '../../../../ui/controls/field.tsx'
import { ReadField } from '../../../../ui/controls/read-field.tsx'
import { readList, readNumber } from '../../../../ui/format/quantities.ts'
import { SpanInput } from './policy-inputs.tsx'
import { PolicyPart, usePolicyEditing } from './policy-part.tsx'

/** What counts as delivered, and how long an answer may take. */
export function OutcomeFields() {
  const { policy, errorAt, set } = usePolicyEditing()
  return (
    <>
      <PolicyPart of="timeoutMs">
        <SpanInput
          label="Timeout"
          help="For the whole answer, names and TLS included."
          error={errorAt('timeoutMs')}
          value={policy.timeoutMs}
          onChange={(timeoutMs) => set({ timeoutMs })}
        />
      </PolicyPart>
      <PolicyPart of="success">
        <ReadField
          label="Delivered means"
          help="2xx for any of them, or the exact statuses: 200, 201, 204."
          error={errorAt('success')}
          value={policy.success}
          write={(success) => (success === '2xx' ? success : success.join(', '))}
          read={(text) => (text.trim().toLowerCase() === '2xx' ? '2xx' : readStatuses(text))}
          problem=""
          onChange={(success) => set({ success })}
        />
      </PolicyPart>
      <PolicyPart of="expectedContentType">
        <TextField
          label="Its content type"
          placeholder="any"
          help="Another one is no success: tells a portal’s page from the receiver."
          value={policy.expectedContentType ?? ''}
          error={errorAt('expectedContentType')}
          onChange={({ target: { value } }) => set({ expectedContentType: value === '' ? null : value })}
        />
      </PolicyPart>
    </>
  )
}

function readStatuses(text: string): number[] | null {
  return text.trim() === '' ? null : readList(text, readNumber)
}
