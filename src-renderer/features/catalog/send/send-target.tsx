import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { SelectField } from '../../../ui/controls/field.tsx'
import { RadioRow } from '../../../ui/controls/radio-row.tsx'
import { UrlChoice } from '../../../ui/delivery/url-choice.tsx'

/** Where a triggered event goes. */
export type SendAim = { kind: 'url'; url: string } | { kind: 'endpoint'; endpointId: string }

export function SendTarget({
  aim,
  errorOf,
  onChange,
}: {
  aim: SendAim
  errorOf: (field: string) => string | null
  onChange: (aim: SendAim) => void
}) {
  const endpoints = useQuery(useApi().endpoints.list.queryOptions({ input: {} })).data?.items ?? []
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-small font-medium">Send it to</legend>
      <UrlChoice
        name="aim"
        label="An address"
        help="With the provider’s own deadline and retries."
        url={aim.kind === 'url' ? aim.url : null}
        error={errorOf('url')}
        onChange={(url) => onChange({ kind: 'url', url })}
      />
      <RadioRow
        name="aim"
        label="An endpoint"
        help="By the endpoint’s policy and headers, whatever types it selects."
        checked={aim.kind === 'endpoint'}
        onChoose={() => onChange({ kind: 'endpoint', endpointId: endpoints[0]?.id ?? '' })}
      />
      {aim.kind === 'endpoint' && (
        <div className="pl-6">
          {endpoints.length === 0 ? (
            <p className="text-muted">There is no endpoint in this project.</p>
          ) : (
            <SelectField
              label="Endpoint"
              value={aim.endpointId}
              error={errorOf('endpointId')}
              onChange={(event) => onChange({ kind: 'endpoint', endpointId: event.target.value })}
            >
              {endpoints.map(({ id, name, url }) => (
                <option key={id} value={id}>
                  {name} · {url}
                </option>
              ))}
            </SelectField>
          )}
        </div>
      )}
    </fieldset>
  )
}
