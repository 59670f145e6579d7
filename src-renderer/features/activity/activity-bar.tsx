import { ShieldCheck, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Kbd } from '../../ui/controls/kbd.tsx'
import { Bar } from '../../ui/layout/bar.tsx'
import { ActivityTabs } from './activity-tabs.tsx'
import { type ActivityFilter, NAMED, readWord } from './activity-filter.ts'

export interface ActivityBarProps {
  filter: ActivityFilter
  onChange: (filter: ActivityFilter) => void
  onVerify: () => void
  children: ReactNode
}

/** Words such as `actor:ci` become tokens at Enter; beside them what can be done with the whole log. */
export function ActivityBar({ filter, onChange, onVerify, children }: ActivityBarProps) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  useActions({ 'list.filter': () => input.current?.select() })
  const last = NAMED.findLast((name) => filter[name] !== undefined)
  return (
    <Bar label="Filter of the activity">
      <ActivityTabs current="log" />
      {NAMED.map((name) => {
        const value = filter[name]
        if (value === undefined) return null
        return (
          <span
            key={name}
            className="mono flex max-w-60 min-w-0 shrink items-center gap-1 rounded bg-accent-soft py-0.5 pr-1 pl-1.5 text-accent"
          >
            <span className="truncate" title={value}>
              {name}:{value}
            </span>
            <button
              type="button"
              aria-label={`Remove the filter ${name}:${value}`}
              onClick={() => onChange({ ...filter, [name]: undefined })}
            >
              <X size={12} />
            </button>
          </span>
        )
      })}
      <input
        ref={input}
        aria-label="Filter activity"
        placeholder="Filter: action:endpoint.*, actor:token, outcome:refused"
        spellCheck={false}
        autoComplete="off"
        className="mono h-7 min-w-0 grow bg-transparent outline-none"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') input.current?.blur()
          if (event.key === 'Backspace' && text === '' && last) onChange({ ...filter, [last]: undefined })
          if (event.key !== 'Enter') return
          onChange({ ...filter, ...readWord(text) })
          setText('')
        }}
      />
      {text === '' && <Kbd>/</Kbd>}
      <ActionButton action="activity.check" onAct={onVerify}>
        <ShieldCheck size={13} /> Check…
      </ActionButton>
      {children}
    </Bar>
  )
}
