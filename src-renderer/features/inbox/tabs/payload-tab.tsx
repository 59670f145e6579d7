import { useNavigate } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import type { EventDetail } from '#shared/contract/events.ts'
import { download } from '../../../platform/browser/copy.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { formatBytes } from '../../../ui/format/size.ts'
import { BodyView } from '../../../ui/payload/body-view.tsx'
import { withJsonTest } from './json-test-term.ts'
import { isUnread } from '../received-bytes.ts'
import { LoadedBody } from './loaded-body.tsx'

export function PayloadTab({ event }: { event: EventDetail }) {
  const navigate = useNavigate({ from: '/inbox' })
  return (
    <LoadedBody eventId={event.id}>
      {(bytes) => (
        <>
          <BodyView
            bytes={bytes}
            contentType={event.contentType}
            label={isUnread(event) ? 'First bytes' : 'Payload'}
            onFilter={(path, value) =>
              void navigate({
                to: '.',
                search: (old) => ({ ...old, filter: withJsonTest(old.filter ?? '', path, value) }),
              })
            }
          />
          <footer className="flex shrink-0 items-center gap-3 border-t border-line px-4 py-1.5 text-small text-muted">
            <span className="mono truncate">
              {isUnread(event)
                ? 'what came before the parser gave up, at most 1 KiB'
                : (event.contentType ?? 'no content type')}
            </span>
            <span className="shrink-0">{formatBytes(bytes.length)}</span>
            <span className="grow" />
            <Button look="ghost" onClick={() => download(`${event.id}.bin`, new Blob([bytes]))}>
              <Download size={13} /> Download
            </Button>
          </footer>
        </>
      )}
    </LoadedBody>
  )
}
