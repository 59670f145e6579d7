import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PolicyPresetView } from '#shared/contract/system.ts'
import type { Policy } from '#shared/model/policy.ts'
import { fieldErrors } from '../../../../platform/api/refusal.ts'
import { useApi } from '../../../../platform/api/session.ts'
import { SelectField } from '../../../../ui/controls/field.tsx'
import { policyWords } from '../../../../ui/format/policy-words.ts'
import { PolicyForecast } from '../../../../ui/policy/policy-forecast.tsx'
import { changePolicy, differencesOf, type PolicyDraft, toPolicyInput } from './policy-draft.ts'
import { PolicyEditor } from './policy-editor.tsx'
import { problemsOf } from './policy-problems.ts'

/** Any scenario finds out whether a policy can be read. */
const SHORTEST = { answers: [{ status: 200 }] }
const NO_PROBLEMS: ReadonlyMap<string, string> = new Map()

/** The preset or a policy of one's own, what it says in words, and its tries drawn while it is edited. */
export function PolicyField({
  draft,
  errorOf,
  onChange,
}: {
  draft: PolicyDraft
  /** What saving was refused for, by field such as `policy.timeoutMs`. */
  errorOf: (field: string) => string | null
  onChange: (draft: PolicyDraft) => void
}) {
  const presets = useQuery(useApi().system.policies.queryOptions()).data?.items ?? []
  const preset = presets.find(({ id }) => id === draft.preset)
  const [replaced, setReplaced] = useState<PolicyDraft | null>(null)
  const policy = draft.own ?? preset?.policy
  const problems = draft.own === null ? NO_PROBLEMS : problemsOf(draft.own)
  const isReadable = problems.size === 0
  const errorAt = useErrors({ draft, problems, errorOf })
  const isOfOneField = policy !== undefined && Object.keys(policy).some((field) => errorOf(`policy.${field}`) !== null)

  function choose(id: string): void {
    const isOwn = draft.own !== null && (preset === undefined || differencesOf(draft.own, preset.policy).length > 0)
    setReplaced(isOwn ? draft : null)
    onChange({ preset: id, own: null })
  }

  return (
    <div className="flex flex-col gap-2">
      <SelectField
        label="Policy"
        value={draft.preset}
        error={isOfOneField ? null : errorOf('policy')}
        help={preset && presetWords(preset)}
        onChange={(event) => choose(event.target.value)}
      >
        {presets.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
        {preset === undefined && <option value={draft.preset}>{draft.preset}</option>}
      </SelectField>
      {replaced !== null && replaced.preset !== draft.preset && (
        <p role="status" className="flex items-baseline gap-1.5 text-small text-muted">
          What differed from {replaced.preset} went with it.
          <button
            type="button"
            className="rounded font-medium text-accent"
            onClick={() => {
              onChange(replaced)
              setReplaced(null)
            }}
          >
            Bring it back
          </button>
        </p>
      )}
      {policy !== undefined && (
        <div className="flex flex-col gap-1.5 rounded-md border border-line px-3 py-2">
          <PolicyForecast policy={isReadable ? toPolicyInput(draft) : null} />
          {isReadable && <Words policy={policy} />}
          <PolicyEditor
            editing={{
              policy,
              preset: preset?.policy ?? null,
              errorAt,
              set: (change) => onChange(changePolicy(policy, preset?.policy ?? null, change)),
            }}
            isRefused={errorOf('policy') !== null}
            onReset={() => onChange({ preset: draft.preset, own: null })}
          />
        </div>
      )}
    </div>
  )
}

/** What is wrong with the policy as it stands, by place: what cannot be read, and what the engine has against the rest. */
function useErrors({
  draft,
  problems,
  errorOf,
}: {
  draft: PolicyDraft
  problems: ReadonlyMap<string, string>
  errorOf: (field: string) => string | null
}): (place: string) => string | null {
  const policy = toPolicyInput(draft)
  const { error } = useQuery(
    useApi().system.forecast.queryOptions({
      input: { policy, scenario: SHORTEST },
      enabled: draft.own !== null && problems.size === 0,
    }),
  )
  const live = fieldErrors(draft.own === null ? null : error, [])
  return (place) => {
    const [, words] = [...problems].find(([at]) => at === place || at.startsWith(`${place}.`)) ?? []
    return words ?? live.errorOf(`policy.${place}`) ?? errorOf(`policy.${place}`)
  }
}

function Words({ policy }: { policy: Policy }) {
  return (
    <ul className="flex flex-col gap-0.5 text-small text-muted">
      {policyWords(policy).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

function presetWords({ description, facts }: PolicyPresetView): string {
  return facts.unconfirmed ? `${description} Parts of this are unconfirmed. Source: ${facts.source}.` : description
}
