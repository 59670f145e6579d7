import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import type { EventDetail } from '#shared/contract/events.ts'
import { useActions } from '../../../platform/actions/bound-actions.ts'
import { openOverlay } from '../../../platform/overlays.ts'
import { IconButton } from '../../../ui/controls/button.tsx'
import { Menu, MenuItem } from '../../../ui/controls/menu.tsx'
import { useCompare } from '../compare/use-compare.ts'
import { CopyAsDialog } from '../copy-as/copy-as-dialog.tsx'
import { eventTitle } from '../event-row.tsx'
import { isUnread } from '../received-bytes.ts'

/** What else can be done with an event. */
export function EventMenu({ event }: { event: EventDetail }) {
  const compare = useCompare()
  const [isCopying, setCopying] = useState(false)
  const isRequest = !isUnread(event)
  const startCopy = (): void => setCopying(true)
  const startExport = (): void => openOverlay({ kind: 'export', events: { eventIds: [event.id] } })
  useActions({ ...(isRequest && { 'event.copy_as': startCopy }), 'event.export': startExport })
  return (
    <>
      <Menu
        label="More for this event"
        trigger={
          <IconButton label="More">
            <Ellipsis size={14} />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => compare({ id: event.id, title: eventTitle(event).text })}>Compare with …</MenuItem>
        {isRequest && <MenuItem onSelect={startCopy}>Copy as a command…</MenuItem>}
        <MenuItem onSelect={startExport}>Export…</MenuItem>
      </Menu>
      {isCopying && <CopyAsDialog event={event} onClose={() => setCopying(false)} />}
    </>
  )
}
