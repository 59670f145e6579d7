import { CircleSlash, Scissors, TriangleAlert } from 'lucide-react'
import type { EventSummary } from '#shared/contract/events.ts'
import { type Look, tallyLook } from '../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { formatBytes } from '../../ui/format/size.ts'
import { fullTime, listTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'

const COLUMNS = 'grid-cols-[62px_76px_minmax(0,1fr)_98px_56px] @max-md:grid-cols-[62px_minmax(0,1fr)_88px]'

/** Messages that did not arrive whole are kept and shown, but not delivered. */
const CAPTURE_LOOKS: Record<Exclude<EventSummary['capture'], 'complete'>, Look> = {
  partial: { word: 'partial', icon: Scissors, tone: 'text-retry' },
  malformed: { word: 'malformed', icon: TriangleAlert, tone: 'text-fail' },
  refused: { word: 'refused', icon: CircleSlash, tone: 'text-fail' },
}

export function captureLook(capture: EventSummary['capture']): Look | null {
  return capture === 'complete' ? null : CAPTURE_LOOKS[capture]
}

const UNTYPED = 'request'
/** Which source it was stands in a column of its own. */
const SOURCE_PREFIX = /^\/in\/[^/]+/

/** The type, or what is known of a message whose sender names none. */
export function eventTitle({ type, method, path, contentType, captureNote }: EventSummary): {
  text: string
  isTyped: boolean
} {
  if (type !== UNTYPED) return { text: type, isTyped: true }
  if (method === '') return { text: captureNote ?? 'Bytes that are no request', isTyped: false }
  const media = contentType?.split(';')[0]
  const place = path.replace(SOURCE_PREFIX, '') || '/'
  return { text: media === undefined ? `${method} ${place}` : `${method} ${place} · ${media}`, isTyped: false }
}

export function EventListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>time</span>
      <span className="@max-md:hidden">source</span>
      <span>type</span>
      <span>deliveries</span>
      <span className="text-right @max-md:hidden">size</span>
    </ListHeader>
  )
}

export function EventRow({ event }: { event: EventSummary }) {
  const nowAt = useNow()
  const title = eventTitle(event)
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <span className="text-muted" title={fullTime(event.receivedAt)}>
        {listTime(event.receivedAt, nowAt)}
      </span>
      <span className="truncate text-muted @max-md:hidden">{event.source ?? event.origin}</span>
      <span className={`truncate ${title.isTyped ? '' : 'text-muted'}`}>{title.text}</span>
      <StateMark look={captureLook(event.capture) ?? tallyLook(event.deliveries)} />
      <span className="text-right text-muted @max-md:hidden">{formatBytes(event.bodySizeBytes)}</span>
    </div>
  )
}
