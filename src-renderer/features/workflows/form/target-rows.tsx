import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useApi } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { EMPTY_TARGET, type TargetDraft } from './draft.ts'
import { CELL, RowFrame } from './row-frame.tsx'

const ADDRESS = 'address'

/** Where it sends: addresses and endpoints, each with tags. */
export function TargetRows({
  targets,
  errorOf,
  onChange,
}: {
  targets: readonly TargetDraft[]
  errorOf: (field: string) => string | null
  onChange: (targets: readonly TargetDraft[]) => void
}) {
  const endpoints = useQuery(useApi().endpoints.list.queryOptions({ input: {} })).data?.items ?? []
  const change = (at: number, part: Partial<TargetDraft>): void =>
    onChange(targets.map((target, index) => (index === at ? { ...target, ...part } : target)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-small font-medium">Targets</legend>
      <p className="text-small text-muted">
        Each is one unit of a run. Addresses are sent to unsigned; save an endpoint to have it signed. In an address,{' '}
        <span className="mono">{'{variable.name}'}</span> stands for a variable.
      </p>
      {targets.map((target, index) => (
        <RowFrame
          key={index}
          name={`Target ${index + 1}`}
          error={errorOf(`targets.${index}`)}
          canRemove={targets.length > 1}
          onRemove={() => onChange(targets.filter((_, at) => at !== index))}
        >
          <div className="grid grid-cols-[minmax(90px,1fr)_minmax(0,2fr)_minmax(60px,1fr)] gap-1.5">
            <select
              aria-label={`Kind of target ${index + 1}`}
              className={CELL}
              value={target.endpointId ?? ADDRESS}
              onChange={({ target: { value } }) => change(index, { endpointId: value === ADDRESS ? null : value })}
            >
              <option value={ADDRESS}>An address</option>
              {endpoints.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              {target.endpointId !== null && endpoints.every(({ id }) => id !== target.endpointId) && (
                <option value={target.endpointId}>a deleted endpoint</option>
              )}
            </select>
            {target.endpointId === null ? (
              <input
                aria-label={`Address of target ${index + 1}`}
                placeholder="http://localhost:3000/webhooks"
                spellCheck={false}
                className={`mono ${CELL}`}
                value={target.url}
                onChange={({ target: { value } }) => change(index, { url: value })}
              />
            ) : (
              <span className="mono self-center truncate px-2 text-muted">
                {endpoints.find(({ id }) => id === target.endpointId)?.url}
              </span>
            )}
            <input
              aria-label={`Tags of target ${index + 1}`}
              placeholder="tags"
              spellCheck={false}
              className={CELL}
              value={target.tags}
              onChange={({ target: { value } }) => change(index, { tags: value })}
            />
          </div>
        </RowFrame>
      ))}
      <Button look="ghost" className="self-start" onClick={() => onChange([...targets, EMPTY_TARGET])}>
        <Plus size={13} /> Add a target
      </Button>
    </fieldset>
  )
}
