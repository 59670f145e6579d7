import { ChevronDown, ChevronUp, Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useRef } from 'react'
import { IconButton } from '../../controls/button.tsx'
import { formatCount } from '../../format/size.ts'
import type { Find } from './use-find.ts'

/** The line above a text in which it is searched; Enter goes on, Shift and Enter back. */
export function FindBar({
  ref,
  find,
  label,
  onGo,
  children,
}: {
  ref?: Ref<HTMLInputElement>
  find: Find
  label: string
  /** Brings a place of the text into sight. */
  onGo: (place: number) => void
  children?: ReactNode
}) {
  const go = (by: 1 | -1): void => {
    const place = find.step(by)
    if (place !== null) onGo(place)
  }
  // Enter may be pressed before anything is found, or before the text is there: then it goes to the first that is.
  const awaited = useRef(false)
  const hasMatches = find.matches.starts.length > 0
  useEffect(() => {
    if (!hasMatches || !awaited.current) return
    awaited.current = false
    go(1)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when there is something
  }, [hasMatches])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') {
      awaited.current = !hasMatches
      go(event.shiftKey ? -1 : 1)
    }
    if (event.key !== 'Escape') return
    event.stopPropagation()
    find.type('')
    event.currentTarget.blur()
  }
  return (
    <div className="flex h-8 shrink-0 items-center gap-1.5 border-b border-line pr-3 pl-4">
      <Search aria-hidden="true" size={12} className="shrink-0 text-faint" />
      <input
        ref={ref}
        aria-label={`Find in ${label}`}
        placeholder="Find"
        spellCheck={false}
        autoComplete="off"
        className="mono h-6 w-20 min-w-0 grow bg-transparent outline-none"
        value={find.typed}
        onChange={(event) => {
          awaited.current = false
          find.type(event.target.value)
        }}
        onKeyDown={onKeyDown}
      />
      {find.typed !== '' && (
        <>
          <span role="status" className="shrink-0 text-small text-muted">
            {countWords(find)}
          </span>
          <button
            type="button"
            aria-label="Match case"
            aria-pressed={find.isExact}
            className="h-5.5 rounded px-1 text-small text-muted hover:bg-raise hover:text-text aria-pressed:bg-accent-soft aria-pressed:text-accent"
            onClick={() => find.setExact(!find.isExact)}
          >
            Aa
          </button>
          <IconButton label="Previous match" disabled={find.matches.starts.length === 0} onClick={() => go(-1)}>
            <ChevronUp size={14} />
          </IconButton>
          <IconButton label="Next match" disabled={find.matches.starts.length === 0} onClick={() => go(1)}>
            <ChevronDown size={14} />
          </IconButton>
        </>
      )}
      {children}
    </div>
  )
}

function countWords({ matches, current, isSearching }: Find): string {
  const count = matches.starts.length
  if (count === 0) return isSearching ? '…' : 'nothing'
  const all = `${formatCount(count)}${matches.isCut ? '+' : ''}`
  return current < 0 ? `${all} found` : `${formatCount(current + 1)} of ${all}`
}
