import { RadioRow } from '../../../ui/controls/radio-row.tsx'

export function ReplaySigning({ resign, onChange }: { resign: boolean; onChange: (resign: boolean) => void }) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-small font-medium">Signature</legend>
      <RadioRow
        name="signing"
        label="Sign anew"
        help="With the endpoint’s own secret and the time of now, so that it verifies."
        checked={resign}
        onChoose={() => onChange(true)}
      />
      <RadioRow
        name="signing"
        label="Keep the original"
        help="Headers and signature as they came. A receiver that checks the time may refuse them."
        checked={!resign}
        onChoose={() => onChange(false)}
      />
    </fieldset>
  )
}
