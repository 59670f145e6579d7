import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { SelectField, TextField } from '../../../ui/controls/field.tsx'
import { HeaderRows } from '../../../ui/editors/header-rows.tsx'
import { Toggle } from '../../../ui/controls/toggle.tsx'
import { FieldWarnings } from '../warnings/field-warnings.tsx'
import { useWarnings } from '../warnings/use-warnings.ts'
import { AdvancedFields } from './advanced-fields.tsx'
import { CareFields } from './care-fields.tsx'
import type { Draft } from './draft.ts'
import { PolicyField } from './policy/policy-field.tsx'
import { TypesField } from './types-field.tsx'

/** Everything about an endpoint that a person sets. */
export function EndpointFields({
  draft,
  isNew,
  errorOf,
  onChange,
}: {
  draft: Draft
  isNew: boolean
  errorOf: (field: string) => string | null
  onChange: (change: Partial<Draft>) => void
}) {
  const providers = useQuery(useApi().catalog.providers.list.queryOptions({ input: {} })).data?.items ?? []
  const warningsOf = useWarnings(draft)
  const known = providers.flatMap(({ eventTypes }) => eventTypes.map(({ name }) => name))
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
      <TextField
        label="URL"
        mono
        required
        placeholder="http://localhost:3000/webhooks"
        value={draft.url}
        error={errorOf('url')}
        onChange={(event) => onChange({ url: event.target.value })}
      />
      <FieldWarnings of="the URL" warnings={warningsOf('url')} />
      <TypesField
        types={draft.eventTypes}
        known={[...new Set(known)].toSorted()}
        error={errorOf('eventTypes')}
        onChange={(eventTypes) => onChange({ eventTypes })}
      />
      <PolicyField draft={draft.policy} errorOf={errorOf} onChange={(policy) => onChange({ policy })} />
      <FieldWarnings of="the policy" warnings={warningsOf('policy')} />
      <SelectField
        label="Signed by"
        value={draft.provider}
        error={errorOf('provider')}
        help="Whose way of signing is used. The receiver verifies with that sender’s own library."
        onChange={(event) => onChange({ provider: event.target.value })}
      >
        <option value="">As the policy says</option>
        {providers
          .filter(({ signs }) => signs)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        <option value="none">Nobody: send it as it came</option>
      </SelectField>
      <FieldWarnings of="who signs" warnings={warningsOf('provider')} />
      {isNew && draft.provider !== 'none' && (
        <TextField
          label="Signing secret"
          mono
          type="password"
          placeholder="Made for you"
          help="Leave it empty to have one made; you see it once, next."
          value={draft.secret}
          error={errorOf('secret')}
          onChange={(event) => onChange({ secret: event.target.value })}
        />
      )}
      <HeaderRows
        legend="Headers to add"
        headers={draft.headers}
        error={errorOf('headers')}
        onChange={(headers) => onChange({ headers })}
      />
      <Toggle
        label="Forward path and query"
        help="Appends what came after the source’s address to this URL."
        checked={draft.forwardPath}
        onChange={(forwardPath) => onChange({ forwardPath })}
      />
      <details className="border-t border-line pt-3">
        <summary className="text-small font-medium">Owner and watch period</summary>
        <div className="mt-3 flex flex-col gap-4">
          <CareFields care={draft} errorOf={errorOf} onChange={onChange} />
        </div>
      </details>
      <AdvancedFields draft={draft} errorOf={errorOf} warnings={warningsOf('tls')} onChange={onChange} />
    </>
  )
}
