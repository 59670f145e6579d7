import { CircleSlash, Handshake, Scissors, TriangleAlert, Waypoints } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EventSummary } from '#shared/contract/events.ts'
import { type Look, tallyLook } from '../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { formatBytes } from '../../ui/format/size.ts'
import { fullTime, listTime } from '../../ui/format/time.ts'
import { useToday } from '../../ui/format/use-now.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'
import { repeatLook, verdictLook } from './verdict/verdict-look.ts'

const COLUMNS =
  'grid-cols-[12px_62px_76px_minmax(0,1fr)_94px_98px_56px] @max-2xl:grid-cols-[12px_62px_76px_minmax(0,1fr)_98px_56px] @max-md:grid-cols-[12px_62px_minmax(0,1fr)_106px]'

/** Messages that did not arrive whole are kept and shown, but not delivered. */
const CAPTURE_LOOKS: Record<Exclude<EventSummary['capture'], 'complete'>, Look> = {
  partial: { word: 'partial', icon: Scissors, tone: 'text-retry' },
  malformed: { word: 'malformed', icon: TriangleAlert, tone: 'text-fail' },
  refused: { word: 'refused', icon: CircleSlash, tone: 'text-fail' },
}

/** A sender asked whether the address is meant, and was answered; nobody is sent that. */
const HANDSHAKE_LOOK: Look = { word: 'handshake', icon: Handshake, tone: 'text-ok' }
const HANDSHAKE = 'handshake'

/** What is to be said of a message that is no ordinary one. */
export function captureLook({ capture, origin, type }: EventSummary): Look | null {
  if (capture !== 'complete') return CAPTURE_LOOKS[capture]
  return origin === 'captured' && type === HANDSHAKE ? HANDSHAKE_LOOK : null
}

/** An event that no longer fits the schema of its type. */
export function driftLook({ drift }: Pick<EventSummary, 'drift'>): Look {
  return { word: drift > 1 ? `drifted ×${drift}` : 'drifted', icon: Waypoints, tone: 'text-retry' }
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
      <span />
      <span>time</span>
      <span className="@max-md:hidden">source</span>
      <span>type</span>
      <span className="@max-2xl:hidden">verdict</span>
      <span>deliveries</span>
      <span className="text-right @max-md:hidden">size</span>
    </ListHeader>
  )
}

export function EventRow({ event, mark }: { event: EventSummary; mark: ReactNode }) {
  const today = useToday()
  const title = eventTitle(event)
  const repeat = repeatLook(event)
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      {mark}
      <span className="text-muted" title={fullTime(event.receivedAt)}>
        {listTime(event.receivedAt, today)}
      </span>
      <span className="truncate text-muted @max-md:hidden">{event.source ?? event.origin}</span>
      <span className="flex min-w-0 items-center gap-2">
        <span className={`truncate ${event.isRead ? '' : 'font-semibold'} ${title.isTyped ? '' : 'text-muted'}`}>
          {title.text}
        </span>
        {repeat !== null && <StateMark look={repeat} className="shrink-0 text-small" />}
        {event.drift > 0 && <StateMark look={driftLook({ drift: 1 })} className="shrink-0 text-small" />}
        {/* A list too narrow for the column of verdicts still tells the one that must not be missed. */}
        {event.verdict?.verdict === 'invalid' && (
          <span className="hidden shrink-0 text-small @max-2xl:flex">
            <StateMark look={verdictLook(event.verdict)} />
          </span>
        )}
      </span>
      <span className="flex min-w-0 @max-2xl:hidden">
        {event.verdict !== null && <StateMark look={verdictLook(event.verdict)} />}
      </span>
      <StateMark look={captureLook(event) ?? tallyLook(event.deliveries)} />
      <span className="text-right text-muted @max-md:hidden">{formatBytes(event.bodySizeBytes)}</span>
      {!event.isRead && <span className="sr-only">, unread</span>}
    </div>
  )
}
