import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { lookOf, STATE_LOOKS } from '../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { plural } from '../../ui/format/size.ts'
import { fullTime, listTime, relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'

const COLUMNS =
  'grid-cols-[62px_98px_minmax(0,1fr)_minmax(0,1fr)_76px_84px] @max-xl:grid-cols-[62px_98px_minmax(0,1fr)_minmax(0,1fr)] @max-sm:grid-cols-[98px_minmax(0,1fr)]'

export function DeliveryListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span className="@max-sm:hidden">time</span>
      <span>state</span>
      <span>event</span>
      <span className="@max-sm:hidden">endpoint</span>
      <span className="@max-xl:hidden">attempts</span>
      <span className="text-right @max-xl:hidden">next</span>
    </ListHeader>
  )
}

export function DeliveryRow({ delivery }: { delivery: DeliveryView }) {
  const nowAt = useNow()
  const { eventType, endpointName, url, attempts, lastStatus, dueAt } = delivery
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <span className="text-muted @max-sm:hidden" title={fullTime(delivery.createdAt)}>
        {listTime(delivery.createdAt, nowAt)}
      </span>
      <StateMark look={lookOf(delivery)} />
      <span className="truncate">{eventType}</span>
      <span className="truncate text-muted @max-sm:hidden" title={url}>
        {endpointName ?? <span className="mono">{url}</span>}
      </span>
      <span className="truncate text-muted @max-xl:hidden" title={plural(attempts, 'attempt')}>
        {attempts === 0 ? '–' : `${attempts} · ${lastStatus ?? 'no answer'}`}
      </span>
      <span className={`truncate text-right @max-xl:hidden ${STATE_LOOKS.scheduled.tone}`}>
        {dueAt === null ? '' : relativeTime(dueAt, nowAt)}
      </span>
    </div>
  )
}
