import type { EventDetail } from '#shared/contract/events.ts'
import { isCaptured } from '#shared/model/is-captured.ts'
import { CopyButton } from '../../../ui/controls/copy-button.tsx'
import { headerMark, PairsTable } from '../../../ui/payload/pairs-table.tsx'
import { isUnread } from '../received-bytes.ts'

/** The headers as they stood on the wire: order, casing and duplicates kept. */
export function HeadersTab({ event }: { event: EventDetail }) {
  const text = event.headers.map(([name, value]) => `${name}: ${value}`).join('\n')
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="flex items-center justify-between px-4 py-2 text-small text-muted">
        In wire order, as they came.
        <CopyButton text={text} label="Copy all headers" />
      </div>
      {event.headers.length === 0 ? (
        <p className="px-4 text-muted">{noHeaders(event)}</p>
      ) : (
        <PairsTable label="Headers" pairs={event.headers} markName={(name) => headerMark(name, event.headers)} />
      )}
      {event.trailers.length > 0 && (
        <section aria-label="Trailers">
          <h2 className="px-4 pt-4 pb-2 text-small text-muted">Trailers, after the body; they are not relayed.</h2>
          <PairsTable label="Trailers" pairs={event.trailers} />
        </section>
      )}
    </div>
  )
}

function noHeaders(event: EventDetail): string {
  if (isUnread(event)) return 'The head could not be read: what came of it is among the first bytes.'
  if (!isCaptured(event)) return 'This event was not captured from a request: it has no headers.'
  return 'The request came without headers.'
}
