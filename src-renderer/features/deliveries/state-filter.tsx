import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { useApi } from '../../platform/api/session.ts'
import { type Look, STATE_LOOKS } from '../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { formatCount } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { shortId } from '../../ui/layout/detail-pane.tsx'
import { type DeliveryFilter, STATE_GROUPS } from './delivery-filter.ts'

const LOOKS: Readonly<Record<string, Look>> = {
  delivered: STATE_LOOKS.succeeded,
  due: { ...STATE_LOOKS.scheduled, word: 'due' },
  failed: STATE_LOOKS.failed,
  held: STATE_LOOKS.held,
  canceled: STATE_LOOKS.canceled,
}

const NARROWED = ['endpoint', 'replay', 'event', 'filter'] as const

/** One chip a state, with how many there are; and what else the list is narrowed to. */
export function StateFilter({
  filter,
  onChange,
}: {
  filter: DeliveryFilter
  onChange: (filter: DeliveryFilter) => void
}) {
  const api = useApi()
  const counts = useQuery(api.system.status.queryOptions({ input: {} })).data?.deliveries
  const endpoints = useQuery(api.endpoints.list.queryOptions({ input: {} })).data?.items
  const nameOf = (name: (typeof NARROWED)[number], id: string): string =>
    name === 'filter'
      ? id
      : ((name === 'endpoint' ? endpoints?.find((known) => known.id === id)?.name : undefined) ?? shortId(id))
  return (
    <Bar label="Filter of the deliveries">
      <ToggleGroup.Root
        type="single"
        aria-label="State"
        value={filter.state ?? ''}
        onValueChange={(value) => onChange({ state: value === '' ? undefined : value })}
        className="flex min-w-0 items-center gap-1.5 overflow-x-auto"
      >
        {Object.entries(LOOKS).map(([group, look]) => {
          const count = counts && (STATE_GROUPS[group] ?? []).reduce((sum, state) => sum + counts[state], 0)
          return (
            <ToggleGroup.Item
              key={group}
              value={group}
              className="flex h-6 shrink-0 items-center gap-1.5 rounded border border-line px-2 text-small hover:border-faint data-[state=on]:border-accent data-[state=on]:bg-accent-soft"
            >
              <StateMark look={look} />
              {count !== undefined && <span className="text-muted">{formatCount(count)}</span>}
            </ToggleGroup.Item>
          )
        })}
      </ToggleGroup.Root>
      {NARROWED.map((name) => {
        const id = filter[name]
        if (id === undefined) return null
        return (
          <span
            key={name}
            className="mono flex min-w-0 items-center gap-1 rounded bg-accent-soft py-0.5 pr-1 pl-1.5 text-accent"
          >
            <span className="truncate" title={id}>
              {name === 'filter' ? '' : `${name}:`}
              {nameOf(name, id)}
            </span>
            <button
              type="button"
              aria-label={`Remove the filter by ${name}`}
              onClick={() => onChange({ [name]: undefined })}
            >
              <X size={12} />
            </button>
          </span>
        )
      })}
    </Bar>
  )
}
