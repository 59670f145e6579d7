import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { plural } from '../../../ui/format/size.ts'
import { takesType } from '../../../ui/format/event-types.ts'
import { RadioRow } from '../../../ui/controls/radio-row.tsx'
import { UrlChoice } from '../../../ui/delivery/url-choice.tsx'
import type { Aim } from './aim.ts'

export function ReplayTarget({
  eventType,
  matching,
  aim,
  onChange,
  error,
}: {
  /** Of the one event; undefined until it is known, or where they are many. */
  eventType?: string | undefined
  /** What the first choice is where they are many. */
  matching?: { label: string; help: string }
  aim: Aim
  onChange: (aim: Aim) => void
  error: string | null
}) {
  const endpoints = useQuery(useApi().endpoints.list.queryOptions({ input: {} })).data?.items ?? []
  const takers = endpoints.filter(({ eventTypes }) => eventType !== undefined && takesType(eventTypes, eventType))
  const names = takers.map(({ name }) => name).join(', ')
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-small font-medium">
        {matching === undefined ? 'Send it to' : 'Send them to'}
      </legend>
      <RadioRow
        name="aim"
        label={matching?.label ?? 'Every endpoint that takes it'}
        help={
          matching?.help ??
          (takers.length === 0 ? 'None does at the moment.' : `${plural(takers.length, 'endpoint')}: ${names}`)
        }
        checked={aim.kind === 'matching'}
        onChoose={() => onChange({ kind: 'matching' })}
      />
      <RadioRow
        name="aim"
        label="Chosen endpoints"
        help="Whatever types they select."
        checked={aim.kind === 'chosen'}
        onChoose={() => onChange({ kind: 'chosen', endpointIds: new Set() })}
      />
      {aim.kind === 'chosen' && (
        <div className="flex max-h-40 flex-col gap-1 overflow-y-auto pl-6">
          {endpoints.length === 0 && <p className="text-muted">There is no endpoint in this project.</p>}
          {endpoints.map(({ id, name, url }) => (
            <label key={id} className="flex min-w-0 items-center gap-2">
              <input
                type="checkbox"
                className="accent-accent"
                checked={aim.endpointIds.has(id)}
                onChange={(event) => {
                  const next = new Set(aim.endpointIds)
                  if (event.target.checked) next.add(id)
                  else next.delete(id)
                  onChange({ kind: 'chosen', endpointIds: next })
                }}
              />
              <span className="shrink-0">{name}</span>
              <span className="mono truncate text-muted">{url}</span>
            </label>
          ))}
        </div>
      )}
      <UrlChoice
        name="aim"
        label="Another address"
        help="Any URL, tried once."
        url={aim.kind === 'url' ? aim.url : null}
        autoFocus
        error={error}
        onChange={(url) => onChange({ kind: 'url', url })}
      />
    </fieldset>
  )
}
