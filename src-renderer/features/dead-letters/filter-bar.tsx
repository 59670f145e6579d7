import { useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useApi } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { failureWord } from '../../ui/delivery/failure-word.ts'
import { formatCount } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { type DeadLetterSearch, type Group, TIMES } from './dead-letter-filter.ts'

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
  children: ReactNode
}) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      className="h-6 max-w-44 min-w-0 rounded border border-line bg-bg px-1.5 text-small hover:border-faint"
    >
      {children}
    </select>
  )
}

/** Endpoint, reason, time; and the one deed on all that they leave. */
export function DeadLetterFilterBar({
  search,
  groups,
  total,
  onChange,
  onRetryAll,
}: {
  search: DeadLetterSearch
  groups: readonly Group[]
  total: number
  onChange: (change: DeadLetterSearch) => void
  onRetryAll: () => void
}) {
  const endpoints = useQuery(useApi().endpoints.list.queryOptions({ input: {} })).data?.items ?? []
  const reasons = new Set(groups.flatMap(({ reason }) => reason ?? []).map(String))
  if (groups.some(({ reason }) => reason === null)) reasons.add('none')
  if (search.reason !== undefined) reasons.add(search.reason)
  return (
    <Bar label="Filter of the dead letters">
      <Choice label="Endpoint" value={search.endpoint} onChange={(endpoint) => onChange({ endpoint })}>
        <option value="">Every endpoint</option>
        {endpoints.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value="none">Bare addresses</option>
      </Choice>
      <Choice label="Reason" value={search.reason} onChange={(reason) => onChange({ reason })}>
        <option value="">Every reason</option>
        {[...reasons].map((reason) => (
          <option key={reason} value={reason}>
            {failureWord(reason === 'none' ? null : (reason as Group['reason']))}
          </option>
        ))}
      </Choice>
      <Choice label="Failed in" value={search.since} onChange={(since) => onChange({ since })}>
        <option value="">Any time</option>
        {Object.entries(TIMES).map(([name, { words }]) => (
          <option key={name} value={name}>
            Failed in {words}
          </option>
        ))}
      </Choice>
      <span className="grow" />
      {total > 0 && (
        <Button look="primary" onClick={onRetryAll}>
          <RotateCw size={13} /> Retry all {formatCount(total)}…
        </Button>
      )}
    </Bar>
  )
}
