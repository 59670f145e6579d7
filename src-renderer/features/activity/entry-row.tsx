import type { AuditEntryView } from '#shared/contract/audit/audit.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { fullTime, listTime } from '../../ui/format/time.ts'
import { useToday } from '../../ui/format/use-now.ts'
import { shortId } from '../../ui/layout/detail-pane.tsx'
import { ListHeader } from '../../ui/layout/list-header.tsx'
import { OUTCOME_LOOKS } from './outcome-words.ts'

const COLUMNS =
  'grid-cols-[62px_100px_minmax(0,0.8fr)_minmax(0,1.2fr)_minmax(0,1.2fr)_110px] @max-2xl:grid-cols-[62px_100px_minmax(0,0.6fr)_minmax(0,1.2fr)_minmax(0,1fr)] @max-xl:grid-cols-[62px_16px_minmax(0,0.7fr)_minmax(0,1.3fr)_minmax(0,1.1fr)] @max-md:grid-cols-[62px_16px_minmax(0,1fr)_minmax(0,1fr)]'

export function EntryListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>time</span>
      <span className="@max-xl:invisible">outcome</span>
      <span className="@max-md:hidden">who</span>
      <span>action</span>
      <span>what</span>
      <span className="@max-2xl:hidden">from</span>
    </ListHeader>
  )
}

export function EntryRow({ entry }: { entry: AuditEntryView }) {
  const today = useToday()
  const { at, outcome, actorName, action, address } = entry
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <span className="text-muted" title={fullTime(at)}>
        {listTime(at, today)}
      </span>
      <StateMark look={OUTCOME_LOOKS[outcome]} className="@max-xl:[&>span]:sr-only" />
      <span className="truncate @max-md:hidden" title={actorName}>
        {actorName}
      </span>
      <span className="mono truncate" title={action}>
        {action}
      </span>
      <span className="truncate text-muted" title={targetWords(entry)}>
        {targetWords(entry)}
      </span>
      <span className="mono truncate text-muted @max-2xl:hidden">{address ?? '–'}</span>
    </div>
  )
}

/** What it was done to, as short as a row. */
export function targetWords({ targetName, targetId }: AuditEntryView): string {
  return targetName ?? (targetId === null ? '–' : shortId(targetId))
}
