import { useRef } from 'react'
import type { Filter } from '../../../platform/filter/use-filter.ts'
import { FilterInput } from '../../../ui/filter/filter-input.tsx'

/** Which events, in the language of filters, with what may be written next. */
export function FilterField({
  filter,
  error,
  onChange,
}: {
  filter: Filter
  error: string | null
  onChange: (text: string) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden="true" className="text-small font-medium">
        Events that fit
      </span>
      <div className="flex rounded border border-line bg-bg px-2 focus-within:border-accent hover:border-faint">
        <FilterInput
          isFirst
          input={input}
          filter={filter}
          draft={filter.text}
          label="Events that fit"
          placeholder="every event, or: type:audit.* state:failed since:2h"
          onType={onChange}
          onSettle={() => {}}
        />
      </div>
      <div className="flex flex-col gap-0.5 text-small text-muted">
        {error !== null && (
          <p role="alert" className="text-fail">
            {error}
          </p>
        )}
        <p>In the language of the Inbox’s filter. They are sent oldest first.</p>
      </div>
    </div>
  )
}
