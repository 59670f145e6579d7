import { useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useActions } from '../../../platform/actions/bound-actions.ts'
import { openOverlay } from '../../../platform/overlays.ts'
import { Button, IconButton } from '../../../ui/controls/button.tsx'
import { Menu, MenuItem } from '../../../ui/controls/menu.tsx'
import { filterText, type InboxFilter } from './inbox-filter.ts'

/** What can be done with all events that are listed, and with files of them. */
export function InboxMenu({ filter }: { filter: InboxFilter }) {
  const navigate = useNavigate()
  const text = filterText(filter)
  const startExport = (): void => openOverlay({ kind: 'export', events: { filter: text } })
  const startImport = (): void => void navigate({ to: '/exchange' })
  const startReplay = (): void => openOverlay({ kind: 'bulk-replay', events: { filter: text } })
  useActions({ 'events.replay': startReplay, 'events.export': startExport, 'events.import': startImport })
  return (
    <>
      <Button title="Replay the events shown (⇧r)" aria-keyshortcuts="Shift+R" onClick={startReplay}>
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
        <MenuItem onSelect={startExport}>
          {text === '' ? 'Export all events…' : 'Export the events of this filter…'}
        </MenuItem>
        <MenuItem onSelect={startImport}>Import a HAR or JSON Lines…</MenuItem>
      </Menu>
    </>
  )
}
