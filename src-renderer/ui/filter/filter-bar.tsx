import { Search, X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useActions } from '../../platform/actions/bound-actions.ts'
import type { Filter } from '../../platform/filter/use-filter.ts'
import { IconButton } from '../controls/button.tsx'
import { Kbd } from '../controls/kbd.tsx'
import { Bar } from '../layout/bar.tsx'
import { FilterInput } from './filter-input.tsx'
import { SavedMenu } from './saved/saved-menu.tsx'
import { useDraft } from './use-draft.ts'

/** The one line in which a list is narrowed, in the language of filters; `/` leads into it. */
export function FilterBar({
  label,
  filter,
  placeholder,
  onChange,
  children,
}: {
  /** What is narrowed: `events`. */
  label: string
  filter: Filter
  placeholder: string
  onChange: (text: string) => void
  /** Deeds on the right. */
  children?: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  const { draft, type, settle } = useDraft(filter.text, onChange)
  useActions({
    'list.filter': () => {
      input.current?.focus()
      input.current?.select()
    },
  })
  return (
    <Bar label={`Filter of the ${label}`}>
      <Search aria-hidden="true" size={13} className="shrink-0 text-faint" />
      <FilterInput
        input={input}
        filter={filter}
        draft={draft}
        label={`Filter ${label}`}
        placeholder={placeholder}
        onType={type}
        onSettle={settle}
      />
      {draft === '' ? (
        <Kbd>/</Kbd>
      ) : (
        <IconButton
          label="Clear the filter"
          onClick={() => {
            type('')
            input.current?.focus()
          }}
        >
          <X size={13} />
        </IconButton>
      )}
      <SavedMenu filter={filter} onChange={onChange} />
      {children}
    </Bar>
  )
}
