import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportView } from '#shared/contract/exchange/imports.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { SelectField } from '../../ui/controls/field.tsx'
import { Toggle } from '../../ui/controls/toggle.tsx'
import { showError } from '../../ui/feedback/toast.tsx'
import { formatBytes, formatCount, plural } from '../../ui/format/size.ts'
import { fullTime } from '../../ui/format/time.ts'

/** What a file holds, and what of it is to be kept. */
export function CheckedFile({ run: { id, summary } }: { run: ImportView }) {
  const { api, queries } = useSession()
  const sources = useQuery(api.sources.list.queryOptions({ input: {} })).data?.items ?? []
  const [source, setSource] = useState('')
  const [withSecrets, setWithSecrets] = useState(false)
  const [onlyBodies, setOnlyBodies] = useState(false)
  const start = useMutation(
    api.imports.start.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.imports.list.key() }),
      onError: showError,
    }),
  )
  if (summary === null) return null
  const { events, withBody, bodyBytes, secrets, leftOut, types, firstAt, lastAt, format } = summary
  const kept = onlyBodies ? withBody : events
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line bg-panel p-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-muted">Holds</dt>
        <dd>
          {plural(events, 'event')} ({format === 'har' ? 'HAR' : 'JSON Lines'}), {formatBytes(bodyBytes)} of bodies
          {leftOut > 0 && <span className="text-muted">; {plural(leftOut, 'attempt')} to deliver them left out</span>}
        </dd>
        <dt className="text-muted">Types</dt>
        <dd className="mono truncate" title={types.map(({ name }) => name).join(', ')}>
          {types.map(({ name, count }) => `${name} ×${formatCount(count)}`).join(', ')}
        </dd>
        {firstAt !== null && lastAt !== null && (
          <>
            <dt className="text-muted">Dated</dt>
            <dd>{firstAt === lastAt ? fullTime(firstAt) : `${fullTime(firstAt)} to ${fullTime(lastAt)}`}</dd>
          </>
        )}
        <dt className="text-muted">Secrets</dt>
        <dd className={secrets > 0 ? 'text-retry' : ''}>
          {secrets > 0
            ? `${plural(secrets, 'value')} of headers and query fields that let somebody in`
            : 'none in headers and queries'}
        </dd>
      </dl>
      <SelectField label="Source" value={source} onChange={(event) => setSource(event.target.value)}>
        <option value="">none</option>
        {sources.map(({ id: sourceId, name }) => (
          <option key={sourceId} value={sourceId}>
            {name}
          </option>
        ))}
      </SelectField>
      {withBody < events && (
        <Toggle
          label={`Only those with a body (${formatCount(withBody)} of ${formatCount(events)})`}
          checked={onlyBodies}
          onChange={setOnlyBodies}
        />
      )}
      {secrets > 0 && (
        <Toggle
          label="Keep the secrets"
          help="Off, their values are hidden before anything is kept."
          checked={withSecrets}
          onChange={setWithSecrets}
        />
      )}
      <div>
        <Button
          look="primary"
          disabled={start.isPending || kept === 0}
          onClick={() =>
            start.mutate({
              id,
              ...(source !== '' && { source }),
              secrets: withSecrets ? 'included' : 'hidden',
              only: onlyBodies ? 'with-body' : 'all',
            })
          }
        >
          Import {plural(kept, 'event')}
        </Button>
      </div>
    </div>
  )
}
