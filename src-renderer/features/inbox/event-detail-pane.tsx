import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { EventDetail } from '#shared/contract/events.ts'
import { isCaptured } from '#shared/model/is-captured.ts'
import { useApi } from '../../platform/api/session.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { ActionButton } from '../../ui/controls/action-button.tsx'
import { Tabs } from '../../ui/controls/tabs.tsx'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { formatBytes } from '../../ui/format/size.ts'
import { fullTime } from '../../ui/format/time.ts'
import { Chip, DetailPane } from '../../ui/layout/detail-pane.tsx'
import { DeleteEvent } from './detail/delete-event.tsx'
import { EditedChips } from './detail/edited-chips.tsx'
import { captureLook, driftLook, eventTitle } from './event-row.tsx'
import { isUnread } from './received-bytes.ts'
import { DeliveriesTab } from './tabs/deliveries-tab.tsx'
import { HeadersTab } from './tabs/headers-tab.tsx'
import { PayloadTab } from './tabs/payload-tab.tsx'
import { CodeTab } from './tabs/code-tab.tsx'
import { RawTab } from './tabs/raw-tab.tsx'
import { SchemaTab } from './tabs/schema-tab.tsx'
import { VerifyTab } from './tabs/verify-tab.tsx'
import { repeatLook, verdictLook } from './verdict/verdict-look.ts'
import { useCopyAsCurl } from './copy-as/use-copy-as-curl.ts'
import { EventMenu } from './detail/event-menu.tsx'
import { eventOptions } from './queries.ts'
import { useReadMark } from './use-read-mark.ts'

export function EventDetailPane({ eventId, onClose }: { eventId: string; onClose: () => void }) {
  const { data: event, error, refetch } = useQuery(eventOptions(useApi(), eventId))
  if (event !== undefined) return <LoadedEvent event={event} onClose={onClose} />
  if (error === null) return <SkeletonRows />
  return (
    <DetailPane title="Event" id={eventId} onClose={onClose}>
      <ErrorState title="This event could not be read" error={error} onRetry={() => void refetch()} />
    </DetailPane>
  )
}

function LoadedEvent({ event, onClose }: { event: EventDetail; onClose: () => void }) {
  const navigate = useNavigate()
  const { tab = 'payload' } = useSearch({ from: '/inbox' })
  const copyAsCurl = useCopyAsCurl()
  useReadMark(event, onClose)
  const replay = (): void => openOverlay({ kind: 'replay', eventId: event.id })
  const edit = (): void => void navigate({ to: '/edit/$eventId', params: { eventId: event.id } })
  const isWhole = event.capture === 'complete'
  const isRequest = !isUnread(event)
  return (
    <DetailPane
      // Where there is not even a method, the list says why; here the note below does.
      title={event.method === '' ? 'No readable request' : eventTitle(event).text}
      id={event.id}
      onClose={onClose}
      chips={<EventChips event={event} />}
      actions={
        <>
          <DeleteEvent event={event} onDelete={onClose} />
          <EventMenu event={event} />
          {isRequest && (
            <ActionButton action="event.copy_curl" onAct={() => void copyAsCurl(event)}>
              Copy as cURL
            </ActionButton>
          )}
          {isWhole && (
            <ActionButton action="event.edit" onAct={edit}>
              Edit… <span aria-hidden="true">e</span>
            </ActionButton>
          )}
          {isWhole && (
            <ActionButton action="event.replay" look="primary" onAct={replay}>
              Replay… <span aria-hidden="true">r</span>
            </ActionButton>
          )}
        </>
      }
    >
      {event.captureNote !== null && (
        <p className={`mx-4 mb-2 border-l-2 px-2.5 py-1.5 ${isWhole ? 'border-ok bg-ok/9' : 'border-fail bg-fail/9'}`}>
          {event.captureNote}
        </p>
      )}
      <Tabs
        label="Event"
        value={tab}
        onChange={(next) => void navigate({ to: '.', search: (old) => ({ ...old, tab: next }), replace: true })}
        tabs={[
          {
            id: 'payload',
            label: isRequest ? 'Payload' : 'First bytes',
            content: () => <PayloadTab event={event} />,
          },
          {
            id: 'headers',
            label: 'Headers',
            count: event.headers.length + event.trailers.length,
            content: () => <HeadersTab event={event} />,
          },
          {
            id: 'deliveries',
            label: 'Deliveries',
            count: event.deliveries.total,
            content: () => <DeliveriesTab event={event} />,
          },
          { id: 'verify', label: 'Verify', content: () => <VerifyTab event={event} /> },
          { id: 'raw', label: 'Raw', content: () => <RawTab event={event} /> },
          {
            id: 'schema',
            label: 'Schema',
            count: event.drift > 0 ? event.drift : undefined,
            content: () => <SchemaTab event={event} />,
          },
          { id: 'code', label: 'Code', content: () => <CodeTab event={event} /> },
        ]}
      />
    </DetailPane>
  )
}

function EventChips({ event }: { event: EventDetail }) {
  const look = captureLook(event)
  const repeat = repeatLook(event)
  return (
    <>
      {look !== null && (
        <Chip tone={event.capture === 'complete' ? 'border-line' : 'border-fail/50'}>
          <StateMark look={look} />
        </Chip>
      )}
      {event.verdict !== null && (
        <Chip>
          <StateMark look={verdictLook(event.verdict)} />
        </Chip>
      )}
      {repeat !== null && (
        <Chip>
          <StateMark look={repeat} />
        </Chip>
      )}
      {isCaptured(event) && event.method !== '' && (
        <Chip>
          <span className="mono max-w-80 truncate" title={event.path}>
            {event.method} {event.path}
          </span>
        </Chip>
      )}
      <Chip>
        {formatBytes(event.bodySizeBytes)}
        {event.declaredSizeBytes !== null && ` of ${formatBytes(event.declaredSizeBytes)}`}
      </Chip>
      {event.drift > 0 && (
        <Chip>
          <StateMark look={driftLook(event)} />
        </Chip>
      )}
      {event.provider !== null && <Chip>{event.provider}</Chip>}
      {event.editedFrom === null && event.origin !== 'captured' && <Chip>{event.origin}</Chip>}
      <EditedChips event={event} />
      <span>{fullTime(event.receivedAt)}</span>
      {event.remoteAddress !== null && <span>from {event.remoteAddress}</span>}
    </>
  )
}
