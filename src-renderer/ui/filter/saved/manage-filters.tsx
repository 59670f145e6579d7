import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { SavedFilterView } from '#shared/contract/filters/saved-filters.ts'
import { describeError } from '../../../platform/api/refusal.ts'
import { useFilterChanges } from '../../../platform/filter/use-saved-filters.ts'
import { Button, IconButton } from '../../controls/button.tsx'
import { TextField } from '../../controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../feedback/dialog.tsx'
import { showUndo } from '../../feedback/notices.ts'
import { showDone, showError } from '../../feedback/toast.tsx'

/** The saved filters of a list, to be called otherwise or to be deleted. */
export function ManageFilters({ saved, onClose }: { saved: readonly SavedFilterView[]; onClose: () => void }) {
  return (
    <Dialog title="Saved filters" wide onClose={onClose}>
      <DialogBody>
        {saved.length === 0 ? (
          <p className="text-muted">None is left.</p>
        ) : (
          <ul className="flex flex-col gap-3">
            {saved.map((one) => (
              <FilterRow key={one.id} saved={one} onClose={onClose} />
            ))}
          </ul>
        )}
      </DialogBody>
      <DialogActions>
        <Button data-first onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function FilterRow({ saved: { id, name, filter }, onClose }: { saved: SavedFilterView; onClose: () => void }) {
  const [next, setNext] = useState(name)
  const { rename, remove } = useFilterChanges()
  const isChanged = next.trim() !== '' && next.trim() !== name
  return (
    <li>
      <form
        className="flex items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          const onSuccess = (): void => showDone(`The filter is called “${next.trim()}” now.`)
          if (isChanged) rename.mutate({ id, name: next }, { onSuccess })
        }}
      >
        <div className="min-w-0 grow">
          <TextField
            label={`Name of “${name}”`}
            maxLength={100}
            value={next}
            error={rename.error === null ? null : describeError(rename.error)}
            help={<span className="mono break-words">{filter}</span>}
            onChange={(event) => setNext(event.target.value)}
          />
        </div>
        <Button type="submit" className="mt-[22px]" disabled={!isChanged || rename.isPending}>
          Rename
        </Button>
        <IconButton
          label={`Delete “${name}”`}
          className="mt-[22px]"
          onClick={() => {
            // The notice with its Undo lies under a dialog.
            onClose()
            showUndo(`Deleted the filter “${name}”.`, remove(id, showError))
          }}
        >
          <Trash2 size={13} />
        </IconButton>
      </form>
    </li>
  )
}
