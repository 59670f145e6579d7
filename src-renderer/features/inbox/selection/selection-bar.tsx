import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '../../../platform/api/session.ts'
import { openOverlay } from '../../../platform/overlays.ts'
import { ActionButton } from '../../../ui/controls/action-button.tsx'
import { Button, IconButton } from '../../../ui/controls/button.tsx'
import { formatCount } from '../../../ui/format/size.ts'
import { ClearDialog } from './clear-dialog.tsx'
import type { Selection } from './selection.ts'
import { useDeleteEvents } from './use-delete-events.ts'
import { useMarkEvents } from './use-mark-events.ts'

/** What can be done with what is chosen. */
export function SelectionBar({
  selection,
  filter,
  onAll,
  onClear,
}: {
  selection: Selection
  filter: string
  onAll: () => void
  onClear: () => void
}) {
  const { deleteNamed } = useDeleteEvents()
  const mark = useMarkEvents()
  const [isClearing, setClearing] = useState(false)
  const { isAll, ids } = selection
  const chosen = isAll ? { filter } : { eventIds: [...ids] }
  const matching = useQuery(useApi().events.count.queryOptions({ input: { filter } })).data
  const all = matching && `${formatCount(matching.count)}${matching.isMore ? '+' : ''}`
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-1.5 border-b border-line bg-accent-soft px-3 py-1"
    >
      <span role="status" className="mr-1 shrink-0 font-medium">
        {isAll ? `All ${all ?? ''} that match` : `${formatCount(ids.size)} selected`}
      </span>
      <ActionButton action="selection.replay" onAct={() => openOverlay({ kind: 'bulk-replay', events: chosen })}>
        Replay…
      </ActionButton>
      <ActionButton action="selection.read" onAct={() => mark(chosen, true)}>
        Mark read
      </ActionButton>
      <ActionButton action="selection.unread" onAct={() => mark(chosen, false)}>
        Mark unread
      </ActionButton>
      <ActionButton action="selection.export" onAct={() => openOverlay({ kind: 'export', events: chosen })}>
        Export…
      </ActionButton>
      <ActionButton
        action="selection.delete"
        look="danger"
        onAct={() => {
          if (isAll) setClearing(true)
          else {
            deleteNamed([...ids])
            onClear()
          }
        }}
      >
        Delete{isAll && '…'}
      </ActionButton>
      <span className="ml-auto flex items-center gap-1.5">
        {!isAll && (
          <Button look="ghost" onClick={onAll}>
            Select all {all} that match
          </Button>
        )}
        <IconButton label="Clear the selection (Escape)" onClick={onClear}>
          <X size={13} />
        </IconButton>
      </span>
      {isClearing && (
        <ClearDialog
          filter={filter}
          onClose={() => setClearing(false)}
          onClear={() => {
            setClearing(false)
            onClear()
          }}
        />
      )}
    </div>
  )
}
