import type { ReactNode } from 'react'
import type { Filter } from '../../platform/filter/use-filter.ts'
import { Button } from '../controls/button.tsx'

/** Stands in place of rows where a filter leaves none: because nothing fits, or because it cannot be read. */
export function NothingFound({
  what,
  filter: { asked, trouble },
  isLooking,
  onClear,
  children,
}: {
  /** `event` or `delivery`. */
  what: string
  filter: Filter
  /** Whether older rows are still looked through. */
  isLooking: boolean
  onClear: () => void
  /** What may help. */
  children: ReactNode
}) {
  const title =
    asked === null
      ? 'This filter cannot be read.'
      : isLooking
        ? `No ${what} so far; older ones are still looked through …`
        : `No ${what} matches this filter.`
  return (
    <div role="status" className="flex flex-col items-start gap-2 p-6">
      <p className="font-medium">{title}</p>
      <p className="text-muted">
        {asked === null && trouble !== null ? `${trouble.message} ${trouble.hint}` : children}
      </p>
      <Button onClick={onClear}>Show all</Button>
    </div>
  )
}
