import { Bookmark, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useActions } from '../../../platform/actions/bound-actions.ts'
import type { Filter } from '../../../platform/filter/use-filter.ts'
import { useSavedFilters } from '../../../platform/filter/use-saved-filters.ts'
import { Button } from '../../controls/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../controls/menu.tsx'
import { ManageFilters } from './manage-filters.tsx'
import { SaveFilter } from './save-filter.tsx'

/** The filters that were saved for this list: one is taken, the current one is saved. */
export function SavedMenu({ filter, onChange }: { filter: Filter; onChange: (text: string) => void }) {
  const { text, subject, trouble } = filter
  const [isOpen, setOpen] = useState<'save' | 'manage' | null>(null)
  const saved = useSavedFilters().filter((one) => one.subject === subject)
  const current = saved.find((one) => one.filter === text.trim())
  const blocked = text.trim() === '' ? 'Write a filter first' : trouble === null ? null : 'The filter cannot be read'
  useActions({ 'filter.save': { run: () => setOpen('save'), blocked } })
  return (
    <>
      <Menu
        label="Saved filters"
        trigger={
          <Button look="ghost" title="Saved filters" aria-label={`Saved filters: ${current?.name ?? 'saved'}`}>
            <Bookmark
              aria-hidden="true"
              size={13}
              className={current === undefined ? '' : 'fill-current text-accent'}
            />
            <span className="max-w-32 truncate">{current?.name ?? 'saved'}</span>
            <ChevronDown aria-hidden="true" size={12} />
          </Button>
        }
      >
        {saved.length === 0 && <p className="max-w-64 px-2 py-1.5 text-muted">No filter of this list is saved yet.</p>}
        {saved.map((one) => (
          <MenuItem key={one.id} onSelect={() => onChange(one.filter)}>
            <span className="shrink-0">{one.name}</span>
            <span className="mono ml-auto max-w-72 truncate pl-4 text-muted">{one.filter}</span>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem disabled={blocked !== null} onSelect={() => setOpen('save')}>
          Save this filter…
          {blocked !== null && <span className="ml-auto pl-4 text-small text-muted">{blocked}</span>}
        </MenuItem>
        <MenuItem disabled={saved.length === 0} onSelect={() => setOpen('manage')}>
          Rename or delete…
        </MenuItem>
      </Menu>
      {isOpen === 'save' && (
        <SaveFilter
          subject={subject}
          filter={text.trim()}
          saved={saved}
          initial={current?.name ?? ''}
          onClose={() => setOpen(null)}
        />
      )}
      {isOpen === 'manage' && <ManageFilters saved={saved} onClose={() => setOpen(null)} />}
    </>
  )
}
