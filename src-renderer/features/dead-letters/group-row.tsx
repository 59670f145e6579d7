import { X } from 'lucide-react'
import { failureWord } from '../../ui/delivery/failure-word.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { formatCount } from '../../ui/format/size.ts'
import { fullTime, relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'
import type { Group } from './dead-letter-filter.ts'

const COLUMNS =
  'grid-cols-[minmax(0,1fr)_minmax(0,1fr)_72px_110px] @max-md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_56px]'

/** Whom a group's deliveries were for. */
export function groupTarget({ endpointId, endpointName }: Group): string {
  return endpointName ?? (endpointId === null ? 'Bare addresses' : 'A deleted endpoint')
}

export function GroupListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>endpoint</span>
      <span>reason</span>
      <span className="text-right">count</span>
      <span className="text-right @max-md:hidden">last failed</span>
    </ListHeader>
  )
}

export function GroupRow({ group }: { group: Group }) {
  const nowAt = useNow()
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <span className="truncate">{groupTarget(group)}</span>
      <StateMark look={{ word: failureWord(group.reason), icon: X, tone: 'text-fail' }} />
      <span className="text-right">{formatCount(group.count)}</span>
      <span className="truncate text-right text-muted @max-md:hidden" title={fullTime(group.lastAt)}>
        {relativeTime(group.lastAt, nowAt)}
      </span>
    </div>
  )
}
