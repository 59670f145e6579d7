import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useApi } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { SelectField, TextField } from '../../ui/controls/field.tsx'
import type { ComposeDraft } from './compose-draft.ts'

/** What the event is: its type, who is said to send it, and the catalog's sample of that. */
export function TypeFields({
  draft,
  error,
  onChange,
}: {
  draft: ComposeDraft
  error: string | null
  onChange: (draft: ComposeDraft) => void
}) {
  const id = useId()
  const providers = useQuery(useApi().catalog.providers.list.queryOptions({ input: {} })).data?.items ?? []
  const meant = providers.filter(({ id: provider }) => draft.provider === '' || provider === draft.provider)
  const types = [...new Set(meant.flatMap(({ eventTypes }) => eventTypes.map(({ name }) => name)))].toSorted()
  const known = meant.flatMap(({ eventTypes }) => eventTypes).find(({ name }) => name === draft.type.trim())
  const sample = known === undefined ? null : JSON.stringify(known.sample, null, 2)
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label="Type"
        mono
        autoFocus
        list={`${id}-types`}
        placeholder="order.paid"
        value={draft.type}
        error={error}
        help={known?.description}
        onChange={(event) => onChange({ ...draft, type: event.target.value })}
      />
      <datalist id={`${id}-types`}>
        {types.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <SelectField
        label="Provider"
        help="Only names the type; each endpoint signs as it is set to."
        value={draft.provider}
        onChange={(event) => onChange({ ...draft, provider: event.target.value })}
      >
        <option value="">None in particular</option>
        {providers.map(({ id: provider, name }) => (
          <option key={provider} value={provider}>
            {name}
          </option>
        ))}
      </SelectField>
      {sample !== null && (
        <Button
          className="self-start"
          disabled={draft.text === sample}
          onClick={() => onChange({ ...draft, text: sample })}
        >
          {draft.text === sample ? 'This is the sample' : 'Fill in the sample of the catalog'}
        </Button>
      )}
    </div>
  )
}
