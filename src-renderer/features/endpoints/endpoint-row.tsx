import { CircleCheck, Pause } from 'lucide-react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { Look } from '../../ui/delivery/delivery-words.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { rateWords, successTone } from '../../ui/format/rate.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'

const COLUMNS =
  'grid-cols-[minmax(96px,150px)_minmax(90px,1fr)_minmax(0,2fr)_142px_minmax(0,1fr)_90px_120px] @max-4xl:grid-cols-[minmax(96px,150px)_minmax(90px,1fr)_minmax(0,2fr)_142px_90px] @max-2xl:grid-cols-[minmax(118px,130px)_minmax(80px,1fr)_132px]'

const REASONS: Record<NonNullable<EndpointView['pausedReason']>, string> = {
  breaker: 'too many failures',
  gone: '410 Gone',
  manual: 'by hand',
  locked: 'secrets locked',
}

export function endpointLook({ state, pausedReason }: Pick<EndpointView, 'state' | 'pausedReason'>): Look {
  if (state === 'active') return { word: 'active', icon: CircleCheck, tone: 'text-ok' }
  return { word: pausedReason === null ? 'paused' : `paused, ${REASONS[pausedReason]}`, icon: Pause, tone: 'text-held' }
}

export function typesWords(eventTypes: readonly string[]): string {
  if (eventTypes.length === 0) return 'none selected'
  return eventTypes.includes('*') ? 'all (*)' : eventTypes.join(', ')
}

export function EndpointListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>state</span>
      <span>name</span>
      <span className="@max-2xl:hidden">URL</span>
      <span>success, 24 h</span>
      <span className="@max-4xl:hidden">event types</span>
      <span className="@max-2xl:hidden">policy</span>
      <span className="@max-4xl:hidden">signed by</span>
    </ListHeader>
  )
}

export function EndpointRow({ endpoint }: { endpoint: EndpointView }) {
  const look = endpointLook(endpoint)
  const { eventTypes } = endpoint
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <StateMark look={look} />
      <span className="truncate">{endpoint.name}</span>
      <span className="mono truncate text-muted @max-2xl:hidden">{endpoint.url}</span>
      <span className={`truncate ${successTone(endpoint.successRate)}`}>{rateWords(endpoint.successRate)}</span>
      <span className={`truncate @max-4xl:hidden ${eventTypes.length === 0 ? 'text-retry' : 'text-muted'}`}>
        {typesWords(eventTypes)}
      </span>
      <span className="truncate text-muted @max-2xl:hidden">{endpoint.policy.preset}</span>
      <span className="truncate text-muted @max-4xl:hidden">
        {endpoint.signedBy === 'none' ? 'nobody' : endpoint.signedBy}
      </span>
    </div>
  )
}
