import { type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from 'react'
import type { Filter } from '../../platform/filter/use-filter.ts'
import { FilterMarks } from './filter-marks.tsx'
import { SuggestionList } from './suggest/suggestion-list.tsx'
import { type Suggestion, suggestionsAt, withTaken } from './suggest/suggestions.ts'

/** The text of a filter, its tokens marked, with what may be written next; all of it by keyboard. */
export function FilterInput({
  input,
  filter: { subject, known, trouble: told, text, onWanted },
  draft,
  label,
  placeholder,
  isFirst,
  onType,
  onSettle,
}: {
  input: RefObject<HTMLInputElement | null>
  filter: Filter
  draft: string
  label: string
  placeholder: string
  /** Whether its dialog begins here. */
  isFirst?: true
  onType: (text: string) => void
  onSettle: () => void
}) {
  const id = useId()
  const [caret, setCaret] = useState<number | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [shiftPx, setShiftPx] = useState(0)
  const found = suggestionsAt(draft, caret ?? draft.length, { subject, known })
  const isListed = caret !== null && isOpen && found.items.length > 0
  // What was told of an older text may stand elsewhere by now.
  const trouble = text === draft ? told : null
  const isWritten = trouble !== null && caret !== null && trouble.start <= caret && caret <= trouble.end

  const listen = (element: HTMLInputElement): void => {
    setCaret(element.selectionStart ?? element.value.length)
    setShiftPx(element.scrollLeft)
  }
  const take = (item: Suggestion): void => {
    const next = withTaken(draft, found, item)
    onType(next.text)
    setActive(-1)
    // A key waits for its value; a value ends what was begun.
    setOpen(item.kind === 'key')
    setCaret(next.caret)
    // Once the input shows the text.
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret))
  }
  const close = (): void => {
    setOpen(false)
    setActive(-1)
  }
  const onKey = (event: KeyboardEvent): void => {
    const { items } = found
    const chosen = items[active]
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      if (isListed) setActive(stepped(active, step, items.length))
      else setOpen(true)
    } else if (
      event.key === 'Tab' &&
      isListed &&
      !event.shiftKey &&
      (chosen !== undefined || found.end > found.start)
    ) {
      event.preventDefault()
      take(chosen ?? items[0]!)
    } else if (event.key === 'Enter') {
      if (isListed && chosen !== undefined) {
        // In a form, that would send it.
        event.preventDefault()
        take(chosen)
      } else {
        close()
        onSettle()
      }
    } else if (event.key === 'Escape') {
      if (isListed) close()
      else input.current?.blur()
    }
  }

  return (
    <div className="mono relative h-7 min-w-24 grow">
      <FilterMarks text={draft} subject={subject} trouble={isWritten ? null : trouble} shiftPx={shiftPx} />
      <input
        ref={input}
        data-first={isFirst}
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={isListed}
        aria-controls={isListed ? `${id}-list` : undefined}
        aria-activedescendant={isListed && active !== -1 ? `${id}-list-${active}` : undefined}
        aria-invalid={trouble !== null && !isWritten}
        aria-describedby={trouble === null || isListed ? undefined : `${id}-trouble`}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        className="absolute inset-0 h-7 w-full bg-transparent text-transparent caret-text outline-none"
        value={draft}
        onChange={({ target }) => {
          listen(target)
          // Between two tokens nothing is begun, and the rows are what one looks at.
          setOpen(!/\S\s$/.test(target.value.slice(0, target.selectionStart ?? undefined)))
          setActive(-1)
          onType(target.value)
        }}
        // Told of late: by then the focus may be gone.
        onSelect={({ currentTarget }) => document.activeElement === currentTarget && listen(currentTarget)}
        onScroll={({ currentTarget }) => setShiftPx(currentTarget.scrollLeft)}
        onFocus={({ target }) => {
          onWanted()
          listen(target)
          // Where its dialog begins, nobody asked yet, and the list would lie over what stands below.
          setOpen(target.value === '' && isFirst !== true)
        }}
        onBlur={() => {
          setCaret(null)
          close()
          onSettle()
        }}
        onKeyDown={onKey}
      />
      {isListed && (
        <Below column={found.start} shiftPx={shiftPx}>
          <SuggestionList id={`${id}-list`} items={found.items} active={active} onTake={take} />
        </Below>
      )}
      {trouble !== null && !isListed && (
        <Below column={trouble.start} shiftPx={shiftPx}>
          <p
            id={`${id}-trouble`}
            role="status"
            className={`rounded-md border bg-panel px-2.5 py-1.5 font-sans text-small shadow-float ${isWritten ? 'border-line text-muted' : 'border-fail/60'}`}
          >
            {isWritten ? (
              'Not finished yet: the rows are those of the filter before.'
            ) : (
              <>
                <b className="font-medium text-fail">{trouble.message}</b> {trouble.hint}
              </>
            )}
          </p>
        </Below>
      )}
    </div>
  )
}

/** From none over the last or the first back to none. */
function stepped(active: number, step: 1 | -1, count: number): number {
  const next = active + step
  return next >= count ? -1 : next < -1 ? count - 1 : next
}

/** Under a letter of the text: in a face of one width, so many letters in. */
function Below({ column, shiftPx, children }: { column: number; shiftPx: number; children: ReactNode }) {
  return (
    <div
      className="absolute top-full z-20 mt-1.5 -ml-1 w-max max-w-[min(30rem,100%)] min-w-56"
      style={{ left: `clamp(0px, calc(${column}ch - ${shiftPx}px), max(0px, 100% - 30rem))` }}
    >
      {children}
    </div>
  )
}
