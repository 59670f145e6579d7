import { useQuery } from '@tanstack/react-query'
import type { Policy } from '#shared/model/policy.ts'
import { useApi } from '../../../platform/api/session.ts'
import { SelectField } from '../../../ui/controls/field.tsx'
import { policyWords, waitsOf } from '../../../ui/format/policy-words.ts'
import { formatOffset } from '../../../ui/format/time.ts'

/** The preset, what it says in words, and its tries drawn. */
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
        help={preset?.description}
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
          <Tries waits={waitsOf(policy.schedule)} />
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

/** The tries of a schedule on a line; the distance is not to scale, the labels are. */
function Tries({ waits }: { waits: readonly number[] }) {
  const times = waits.reduce<number[]>((all, wait) => [...all, (all.at(-1) ?? 0) + wait], [0])
  return (
    <div role="img" aria-label={`Tries at ${times.map((at) => formatOffset(at)).join(', ')}`} className="flex">
      {times.map((at, index) => (
        <div key={index} className="relative h-8.5 min-w-0 grow basis-0 last:grow-0 last:basis-14">
          {index < times.length - 1 && (
            <span className="absolute inset-x-0 top-[7px] border-t border-dashed border-faint/70" />
          )}
          <span
            className={`absolute top-0 left-0 h-[15px] w-[7px] rounded-sm ${index === 0 ? 'bg-accent' : 'border border-dashed border-faint bg-panel'}`}
          />
          <span className="absolute top-[17px] left-0 max-w-full truncate text-mini text-faint">
            {index === 0 ? 'now' : formatOffset(at)}
          </span>
        </div>
      ))}
    </div>
  )
}
