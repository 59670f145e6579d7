import { useState } from 'react'
import type { SavedFilterView } from '#shared/contract/filters/saved-filters.ts'
import { describeError } from '../../../platform/api/refusal.ts'
import { useFilterChanges } from '../../../platform/filter/use-saved-filters.ts'
import { Button } from '../../controls/button.tsx'
import { TextField } from '../../controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../feedback/dialog.tsx'
import { showDone } from '../../feedback/toast.tsx'

/** Asks under which name; one that is taken says that it replaces what it stands for. */
export function SaveFilter({
  subject,
  filter,
  saved,
  initial,
  onClose,
}: {
  subject: SavedFilterView['subject']
  filter: string
  saved: readonly SavedFilterView[]
  initial: string
  onClose: () => void
}) {
  const [name, setName] = useState(initial)
  const { save } = useFilterChanges()
  const before = saved.find((one) => one.name.toLowerCase() === name.trim().toLowerCase())
  const replaces = before !== undefined && before.filter !== filter
  return (
    <Dialog title="Save this filter" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const onSuccess = (): void => {
            onClose()
            showDone(`Saved the filter “${name.trim()}”.`)
          }
          save.mutate({ name, subject, filter }, { onSuccess })
        }}
      >
        <DialogBody>
          <p className="mono rounded border border-line bg-bg px-2 py-1.5 break-words">{filter}</p>
          <TextField
            label="Name"
            required
            maxLength={100}
            data-first
            value={name}
            error={save.error === null ? null : describeError(save.error)}
            help={
              replaces ? (
                <>
                  Replaces <span className="mono">{before.filter}</span>
                </>
              ) : (
                'Everyone who works in this project finds it under this name.'
              )
            }
            onChange={(event) => setName(event.target.value)}
          />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={save.isPending || name.trim() === ''}>
            {replaces ? 'Replace' : 'Save'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
