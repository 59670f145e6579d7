import { useEffect, useRef } from 'react'
import type { Suggestion } from './suggestions.ts'

/** What may be written next, under the place where it would stand. */
export function SuggestionList({
  id,
  items,
  active,
  onTake,
}: {
  id: string
  items: readonly Suggestion[]
  /** The one that Enter takes; -1 for none. */
  active: number
  onTake: (item: Suggestion) => void
}) {
  const shown = useRef<HTMLDivElement>(null)
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className="max-h-72 overflow-y-auto rounded-md border border-line bg-panel p-1 shadow-float"
    >
      {items.map((item, index) => (
        <div
          key={item.insert}
          ref={index === active ? shown : null}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          // The input keeps the focus, so that typing goes on.
          onPointerDown={(event) => {
            event.preventDefault()
            onTake(item)
          }}
          className={`flex h-7 items-center gap-4 rounded px-2 ${index === active ? 'bg-accent-soft' : 'hover:bg-raise'}`}
        >
          <span className="mono shrink-0">{item.insert}</span>
          <span className="ml-auto min-w-0 truncate font-sans text-small text-muted">{item.hint}</span>
        </div>
      ))}
    </div>
  )
}
