import { useQuery } from '@tanstack/react-query'
import { ToggleGroup } from 'radix-ui'
import { useApi } from '../../../platform/api/session.ts'
import { type Look, STATE_LOOKS } from '../../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { formatCount } from '../../../ui/format/size.ts'
import { groupOf, isStateGroup, STATE_GROUPS, type StateGroup, withGroup } from './state-terms.ts'

const LOOKS: Readonly<Record<StateGroup, Look>> = {
  delivered: STATE_LOOKS.succeeded,
  due: { ...STATE_LOOKS.scheduled, word: 'due' },
  failed: STATE_LOOKS.failed,
  held: STATE_LOOKS.held,
  canceled: STATE_LOOKS.canceled,
}

/** One chip a state, with how many of the project's deliveries are in it; pressed, it writes that into the filter. */
export function StateChips({ filter, onChange }: { filter: string; onChange: (filter: string) => void }) {
  const counts = useQuery(useApi().system.status.queryOptions({ input: {} })).data?.deliveries
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="State"
      value={groupOf(filter) ?? ''}
      onValueChange={(value) => onChange(withGroup(filter, isStateGroup(value) ? value : null))}
      className="flex h-9 shrink-0 items-center gap-1.5 overflow-x-auto border-b border-line px-3"
    >
      {Object.keys(LOOKS)
        .filter(isStateGroup)
        .map((group) => {
          const count = counts && STATE_GROUPS[group].reduce((sum, state) => sum + counts[state], 0)
          return (
            <ToggleGroup.Item
              key={group}
              value={group}
              className="flex h-6 shrink-0 items-center gap-1.5 rounded border border-line px-2 text-small hover:border-faint data-[state=on]:border-accent data-[state=on]:bg-accent-soft"
            >
              <StateMark look={LOOKS[group]} />
              {count !== undefined && <span className="text-muted">{formatCount(count)}</span>}
            </ToggleGroup.Item>
          )
        })}
    </ToggleGroup.Root>
  )
}
