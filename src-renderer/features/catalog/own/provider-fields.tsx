import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '../../../platform/api/session.ts'
import { SelectField, TextField } from '../../../ui/controls/field.tsx'
import { Toggle } from '../../../ui/controls/toggle.tsx'
import type { PlaceDraft, PlaceKind, ProviderDraft } from './provider-draft.ts'
import { SigningFields } from './signing-fields.tsx'

export interface ProviderFieldsProps {
  draft: ProviderDraft
  errorOf: (field: string) => string | null
  onChange: (change: Partial<ProviderDraft>) => void
}

/** Everything about an own provider that a person sets; `children` come after the name. */
export function ProviderFields({
  draft,
  errorOf,
  isNew,
  onChange,
  children,
}: ProviderFieldsProps & { isNew: boolean; children?: ReactNode }) {
  const presets = useQuery(useApi().system.policies.queryOptions()).data?.items ?? []
  return (
    <>
      <TextField
        label="Name"
        required
        autoFocus={isNew}
        value={draft.name}
        error={errorOf('name')}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      {children}
      <Toggle
        label="It signs"
        help="With an HMAC, as most senders do."
        checked={draft.signs}
        onChange={(signs) => onChange({ signs })}
      />
      {draft.signs && <SigningFields draft={draft} errorOf={errorOf} onChange={onChange} />}
      <PlaceField
        label="Event type"
        place={draft.eventType}
        error={errorOf('recognition.eventType')}
        onChange={(eventType) => onChange({ eventType })}
      />
      <PlaceField
        label="Message id"
        place={draft.messageId}
        error={errorOf('recognition.messageId')}
        onChange={(messageId) => onChange({ messageId })}
      />
      <SelectField
        label="Delivers like"
        value={draft.policy}
        error={errorOf('policy')}
        help="Deadline and retries of what is sent as this provider."
        onChange={(event) => onChange({ policy: event.target.value })}
      >
        <option value="">A single try</option>
        {presets.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Bodies are"
        value={draft.bodyFormat}
        onChange={(event) => onChange({ bodyFormat: event.target.value === 'form' ? 'form' : 'json' })}
      >
        <option value="json">JSON</option>
        <option value="form">forms</option>
      </SelectField>
    </>
  )
}

const KINDS: readonly (readonly [PlaceKind, string])[] = [
  ['header', 'a header'],
  ['json', 'a field of the JSON body'],
  ['form', 'a field of the form'],
  ['query', 'a parameter of the address'],
  ['nowhere', 'nowhere'],
]

function PlaceField({
  label,
  place,
  error,
  onChange,
}: {
  label: string
  place: PlaceDraft
  error: string | null
  onChange: (place: PlaceDraft) => void
}) {
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      <SelectField
        label={`${label} stands in`}
        value={place.kind}
        onChange={(event) => {
          const kind = KINDS.find(([each]) => each === event.target.value)?.[0] ?? 'nowhere'
          onChange({ kind, name: kind === 'nowhere' ? '' : place.name })
        }}
      >
        {KINDS.map(([kind, words]) => (
          <option key={kind} value={kind}>
            {words}
          </option>
        ))}
      </SelectField>
      {place.kind !== 'nowhere' && (
        <TextField
          label={
            place.kind === 'header' ? `Header of the ${label.toLowerCase()}` : `Field of the ${label.toLowerCase()}`
          }
          mono
          required
          placeholder={place.kind === 'header' ? 'X-Event' : 'data.id'}
          value={place.name}
          error={error}
          onChange={(event) => onChange({ ...place, name: event.target.value })}
        />
      )}
    </div>
  )
}
