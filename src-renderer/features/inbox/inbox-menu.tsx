import { useNavigate } from '@tanstack/react-router'
import { Ellipsis, PenLine } from 'lucide-react'
import { useState } from 'react'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { Button, IconButton } from '../../ui/controls/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/controls/menu.tsx'
import { ClearDialog } from './selection/clear-dialog.tsx'
import { useMarkEvents } from './selection/use-mark-events.ts'

const UNREADABLE = 'The filter cannot be read: finish or clear it first'

/**
 * What can be done with all events that are listed, and with files of them. `filter` is null where it cannot be read: then
 * nothing is done, rather than something to all events.
 */
export function InboxMenu({ filter }: { filter: string | null }) {
  const navigate = useNavigate()
  const startExport = (): void => void (filter !== null && openOverlay({ kind: 'export', events: { filter } }))
  const startReplay = (): void => void (filter !== null && openOverlay({ kind: 'bulk-replay', events: { filter } }))
  const startCompose = (): void => void navigate({ to: '/compose' })
  const startImport = (): void => void navigate({ to: '/exchange' })
  const mark = useMarkEvents()
  const markRead = (): void => void (filter !== null && mark({ filter }, true))
  const [isClearing, setClearing] = useState(false)
  const startClear = (): void => setClearing(true)
  const blocked = filter === null ? UNREADABLE : null
  useActions({
    'events.replay': { run: startReplay, blocked },
    'events.export': { run: startExport, blocked },
    'events.import': startImport,
    'list.new': startCompose,
    'events.mark_read': { run: markRead, blocked },
    'events.clear': { run: startClear, blocked },
  })
  return (
    <>
      <Button title="Compose an event (n)" aria-keyshortcuts="n" onClick={startCompose}>
        <PenLine size={13} /> Compose
      </Button>
      <Button
        title={blocked ?? 'Replay the events shown (⇧r)'}
        aria-label="Replay… the events shown"
        aria-keyshortcuts="Shift+R"
        disabled={blocked !== null}
        onClick={startReplay}
      >
        Replay…
      </Button>
      <Menu
        label="More for the Inbox"
        trigger={
          <IconButton label="More for the Inbox">
            <Ellipsis size={14} />
          </IconButton>
        }
      >
        <MenuItem disabled={blocked !== null} onSelect={startExport}>
          {filter === '' ? 'Export all events…' : 'Export the events of this filter…'}
        </MenuItem>
        <MenuItem onSelect={startImport}>Import a HAR or JSON Lines…</MenuItem>
        <MenuSeparator />
        <MenuItem disabled={blocked !== null} onSelect={markRead}>
          {filter === '' ? 'Mark all as read' : 'Mark the events of this filter as read'}
        </MenuItem>
        <MenuItem disabled={blocked !== null} onSelect={startClear}>
          {filter === '' ? 'Delete all events…' : 'Delete the events of this filter…'}
        </MenuItem>
      </Menu>
      {isClearing && filter !== null && (
        <ClearDialog filter={filter} onClose={() => setClearing(false)} onClear={() => setClearing(false)} />
      )}
    </>
  )
}
