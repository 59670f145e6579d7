import { Search, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useActions } from '../../../platform/actions/bound-actions.ts'
import { Kbd } from '../../../ui/controls/kbd.tsx'
import { Bar } from '../../../ui/layout/bar.tsx'
import { type InboxFilter, NAMED, takeNamed } from './inbox-filter.ts'

/** Free text, and `type:` and `source:` words that turn into tokens once they are finished. */
export function FilterBar({
  filter,
  onChange,
  children,
}: {
  filter: InboxFilter
  onChange: (filter: InboxFilter) => void
  children: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  useActions({ 'list.filter': () => input.current?.select() })
  const [isTyping, setTyping] = useState(false)
  const [text, setText] = useDraft(filter.q ?? '', isTyping)
  const change = (next: string): void => {
    setText(next)
    onChange({ ...filter, q: next === '' ? undefined : next })
  }
  const finish = (next: string): void => {
    const { rest, named } = takeNamed(next)
    setText(rest)
    onChange({ ...filter, ...named, q: rest === '' ? undefined : rest })
  }
  const onKey = (event: KeyboardEvent): void => {
    const last = NAMED.findLast((name) => filter[name] !== undefined)
    if (event.key === 'Enter') finish(text)
    if (event.key === 'Escape') input.current?.blur()
    if (event.key === 'Backspace' && text === '' && last !== undefined) onChange({ ...filter, [last]: undefined })
  }
  return (
    <Bar label="Filter of the Inbox">
      <Search aria-hidden="true" size={13} className="shrink-0 text-faint" />
      {NAMED.map((name) => {
        const value = filter[name]
        if (value === undefined) return null
        return (
          <span
            key={name}
            className="mono flex shrink-0 items-center gap-1 rounded bg-accent-soft py-0.5 pr-1 pl-1.5 text-accent"
          >
            <span>
              {name}:{value}
            </span>
            <button
              type="button"
              aria-label={`Remove the filter ${name}:${value}`}
              className="rounded hover:bg-accent-soft"
              onClick={() => onChange({ ...filter, [name]: undefined })}
            >
              <X size={12} />
            </button>
          </span>
        )
      })}
      <input
        ref={input}
        aria-label="Filter events"
        placeholder="Filter: any text, type:audit.*, verdict:invalid"
        spellCheck={false}
        autoComplete="off"
        className="mono h-7 min-w-0 grow bg-transparent outline-none"
        value={text}
        onChange={(event) => (/\s$/.test(event.target.value) ? finish(event.target.value) : change(event.target.value))}
        onFocus={() => setTyping(true)}
        onBlur={() => {
          setTyping(false)
          if (takeNamed(text).rest !== text) finish(text)
        }}
        onKeyDown={onKey}
      />
      {text === '' && <Kbd>/</Kbd>}
      {children}
    </Bar>
  )
}

/** What is being typed, which the address follows a moment later; an address that changes while nobody types wins. */
function useDraft(text: string, isTyping: boolean): [draft: string, setDraft: (draft: string) => void] {
  const [draft, setDraft] = useState(text)
  const [known, setKnown] = useState(text)
  if (text !== known) {
    setKnown(text)
    if (!isTyping) setDraft(text)
  }
  return [draft, setDraft]
}
