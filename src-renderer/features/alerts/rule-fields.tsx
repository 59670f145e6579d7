import { useQuery } from '@tanstack/react-query'
import { AlertKind } from '#shared/model/alert.ts'
import { useApi } from '../../platform/api/session.ts'
import { SelectField, TextField } from '../../ui/controls/field.tsx'
import { Toggle } from '../../ui/controls/toggle.tsx'
import { isRate, KIND_WORDS } from './alert-words.ts'
import { FIRST_THRESHOLDS, type RuleDraft } from './rule-draft.ts'
import { RulePreview } from './rule-preview.tsx'

/** What a person sets of a rule, and what its condition says now. */
export function RuleFields({
  draft,
  errorOf,
  onChange,
}: {
  draft: RuleDraft
  errorOf: (field: string) => string | null
  onChange: (change: Partial<RuleDraft>) => void
}) {
  const endpoints = useQuery(useApi().endpoints.list.queryOptions({ input: {} })).data?.items ?? []
  const type = (field: keyof RuleDraft) => (event: { target: { value: string } }) =>
    onChange({ [field]: event.target.value })
  const options = endpoints.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ))
  return (
    <>
      <TextField
        label="Name"
        required
        maxLength={100}
        value={draft.name}
        error={errorOf('name')}
        onChange={type('name')}
      />
      <SelectField
        label="Watch"
        value={draft.kind}
        error={errorOf('kind')}
        help={KIND_WORDS[draft.kind].help}
        onChange={(event) => {
          const kind = AlertKind.parse(event.target.value)
          onChange({ kind, threshold: FIRST_THRESHOLDS[kind] })
        }}
      >
        {AlertKind.options.map((kind) => (
          <option key={kind} value={kind}>
            {KIND_WORDS[kind].name}
          </option>
        ))}
      </SelectField>
      <SelectField label="Of" value={draft.endpointId} error={errorOf('endpointId')} onChange={type('endpointId')}>
        <option value="">All endpoints, taken together</option>
        {options}
      </SelectField>
      <div className="grid grid-cols-3 gap-3 @max-md:grid-cols-1">
        <TextField
          label={draft.kind === 'success_rate' ? 'Raise under, %' : isRate(draft.kind) ? 'Raise from, %' : 'Raise from'}
          required
          inputMode="decimal"
          value={draft.threshold}
          error={errorOf('threshold')}
          onChange={type('threshold')}
        />
        {draft.kind !== 'backlog' && (
          <TextField
            label="In the last, minutes"
            required
            inputMode="numeric"
            value={draft.windowMinutes}
            error={errorOf('windowMinutes')}
            onChange={type('windowMinutes')}
          />
        )}
        {isRate(draft.kind) && (
          <TextField
            label="Smallest sample"
            required
            inputMode="numeric"
            value={draft.minSample}
            error={errorOf('minSample')}
            onChange={type('minSample')}
          />
        )}
      </div>
      <RulePreview draft={draft} />
      <SelectField
        label="Tell an endpoint too"
        value={draft.notifyEndpointId}
        error={errorOf('notifyEndpointId')}
        help={
          <>
            It gets <span className="mono">alert.raised</span> and <span className="mono">alert.resolved</span>, signed
            and retried as its policy says, whatever types it selects. They count for no alert.
          </>
        }
        onChange={type('notifyEndpointId')}
      >
        <option value="">Nobody: this window is enough</option>
        {options}
      </SelectField>
      <Toggle label="On" checked={draft.enabled} onChange={(enabled) => onChange({ enabled })} />
    </>
  )
}
