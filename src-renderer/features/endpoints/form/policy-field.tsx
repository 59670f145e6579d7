import { useQuery } from '@tanstack/react-query'
import type { PolicyPresetView } from '#shared/contract/system.ts'
import type { Policy } from '#shared/model/policy.ts'
import { useApi } from '../../../platform/api/session.ts'
import { SelectField } from '../../../ui/controls/field.tsx'
import { policyWords } from '../../../ui/format/policy-words.ts'
import { PolicyForecast } from '../../../ui/policy/policy-forecast.tsx'

/** The preset, what it says in words, and its tries drawn for what may happen. */
export function PolicyField({
  value,
  own,
  error,
  onChange,
}: {
  value: string
  /** The policy in force, where the endpoint exists and its preset is the chosen one. */
  own: Policy | null
  error: string | null
  onChange: (preset: string) => void
}) {
  const presets = useQuery(useApi().system.policies.queryOptions()).data?.items ?? []
  const preset = presets.find(({ id }) => id === value)
  const policy = own ?? preset?.policy
  return (
    <div className="flex flex-col gap-2">
      <SelectField
        label="Policy"
        value={value}
        error={error}
        help={preset && presetWords(preset)}
        onChange={(event) => onChange(event.target.value)}
      >
        {presets.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
        {preset === undefined && <option value={value}>{value}</option>}
      </SelectField>
      {policy !== undefined && (
        <div className="flex flex-col gap-1.5 rounded-md border border-line px-3 py-2">
          <PolicyForecast policy={own ?? value} />
          <ul className="flex flex-col gap-0.5 text-small text-muted">
            {policyWords(policy).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function presetWords({ description, facts }: PolicyPresetView): string {
  return facts.unconfirmed ? `${description} Parts of this are unconfirmed. Source: ${facts.source}.` : description
}
