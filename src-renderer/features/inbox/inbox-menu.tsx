import { useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { Button, IconButton } from '../../ui/controls/button.tsx'
import { Menu, MenuItem } from '../../ui/controls/menu.tsx'

const UNREADABLE = 'The filter cannot be read: finish or clear it first'

/**
 * What can be done with all events that are listed, and with files of them. `filter` is null where it cannot be read: then
 * nothing is done, rather than something to all events.
 */
export function InboxMenu({ filter }: { filter: string | null }) {
  const navigate = useNavigate()
  const startExport = (): void => void (filter !== null && openOverlay({ kind: 'export', events: { filter } }))
  const startReplay = (): void => void (filter !== null && openOverlay({ kind: 'bulk-replay', events: { filter } }))
  const startImport = (): void => void navigate({ to: '/exchange' })
  const blocked = filter === null ? UNREADABLE : null
  useActions({
    'events.replay': { run: startReplay, blocked },
    'events.export': { run: startExport, blocked },
    'events.import': startImport,
  })
  return (
    <>
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
      </Menu>
    </>
  )
}
