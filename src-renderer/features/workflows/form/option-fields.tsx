import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { SelectField, TextField } from '../../../ui/controls/field.tsx'
import { Toggle } from '../../../ui/controls/toggle.tsx'
import type { WorkflowDraft } from './draft.ts'

/** How its runs go, and what they guard. */
export function OptionFields({
  draft,
  errorOf,
  onChange,
}: {
  draft: WorkflowDraft
  errorOf: (field: string) => string | null
  onChange: (change: Partial<WorkflowDraft>) => void
}) {
  const api = useApi()
  const presets = useQuery(api.system.policies.queryOptions()).data?.items ?? []
  const endpoints = useQuery(api.endpoints.list.queryOptions({ input: {} })).data?.items ?? []
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 text-small font-medium">Runs</legend>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Targets at a time"
          type="number"
          min={1}
          max={32}
          required
          value={draft.concurrency}
          error={errorOf('options.concurrency')}
          onChange={({ target: { value } }) => onChange({ concurrency: value })}
        />
        <TextField
          label="Minutes a run may take"
          type="number"
          min={0.1}
          max={1_440}
          step="any"
          required
          value={draft.timeoutMinutes}
          error={errorOf('options.timeoutMs')}
          onChange={({ target: { value } }) => onChange({ timeoutMinutes: value })}
        />
        <SelectField
          label="Policy for addresses"
          help="Endpoints have their own."
          value={draft.policy}
          error={errorOf('options.policy')}
          onChange={({ target: { value } }) => onChange({ policy: value })}
        >
          <option value="">the sender’s own, else one try</option>
          {presets.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="A start during a run"
          value={draft.overlap}
          onChange={({ target: { value } }) => onChange({ overlap: value as WorkflowDraft['overlap'] })}
        >
          <option value="refuse">is refused</option>
          <option value="parallel">runs beside it</option>
          <option value="replace">cancels it and takes its place</option>
        </SelectField>
        <SelectField
          label="CI gate of"
          help="The endpoint whose changes CI lets pass by this workflow."
          value={draft.gateId}
          error={errorOf('gate')}
          onChange={({ target: { value } }) => onChange({ gateId: value })}
        >
          <option value="">no endpoint</option>
          {endpoints.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <Toggle
        label="Stop after the first failure"
        help="Targets that have not begun are left out."
        checked={draft.stopOnFirstFailure}
        onChange={(stopOnFirstFailure) => onChange({ stopOnFirstFailure })}
      />
    </fieldset>
  )
}
