import type { ReplayView } from '#shared/contract/replays.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { ProgressBar } from '../../../ui/feedback/progress-bar.tsx'
import { formatCount } from '../../../ui/format/size.ts'
import { fullTime, listTime } from '../../../ui/format/time.ts'
import { useToday } from '../../../ui/format/use-now.ts'
import { ListHeader } from '../../../ui/layout/list-header.tsx'
import { isOpen, type NameOf, replayLook, selectionWords, targetWords } from '../words/replay-words.ts'

const COLUMNS =
  'grid-cols-[64px_104px_minmax(0,1.6fr)_minmax(0,1fr)_150px_64px] @max-2xl:grid-cols-[64px_104px_minmax(0,1fr)_96px] @max-md:grid-cols-[92px_minmax(0,1fr)_72px]'

export function ReplayListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span className="@max-md:hidden">begun</span>
      <span>state</span>
      <span>events</span>
      <span className="@max-2xl:hidden">to</span>
      <span className="text-right">done</span>
      <span className="text-right @max-2xl:hidden">failed</span>
    </ListHeader>
  )
}

export function ReplayRow({ replay, nameOf }: { replay: ReplayView; nameOf: NameOf }) {
  const today = useToday()
  const { createdAt, done, total, failed, selection } = replay
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <span className="text-muted @max-md:hidden" title={fullTime(createdAt)}>
        {listTime(createdAt, today)}
      </span>
      <StateMark look={replayLook(replay)} />
      <span className={`truncate ${'filter' in selection && selection.filter !== '' ? 'mono' : ''}`}>
        {selectionWords(replay, nameOf)}
      </span>
      <span className="truncate text-muted @max-2xl:hidden">{targetWords(replay, nameOf)}</span>
      <span className="flex min-w-0 items-center justify-end gap-2">
        {isOpen(replay) && (
          <span className="w-14 shrink-0 @max-2xl:hidden">
            <ProgressBar label="Done" value={done} max={total} />
          </span>
        )}
        <span className="truncate text-muted">
          {formatCount(done)} of {formatCount(total)}
        </span>
      </span>
      <span className={`text-right @max-2xl:hidden ${failed > 0 ? 'text-fail' : 'text-faint'}`}>
        {formatCount(failed)}
      </span>
    </div>
  )
}
