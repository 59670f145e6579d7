import type { WorkflowView } from '#shared/contract/workflows/workflows.ts'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { fullTime, relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { ListHeader } from '../../ui/layout/list-header.tsx'
import { runLook } from './run-words.ts'

const COLUMNS =
  'grid-cols-[minmax(90px,2fr)_64px_minmax(110px,1.2fr)_minmax(0,1fr)_minmax(0,1fr)] @max-xl:grid-cols-[minmax(80px,2fr)_minmax(110px,1fr)]'

export function WorkflowListHeader() {
  return (
    <ListHeader columns={COLUMNS}>
      <span>name</span>
      <span className="text-right @max-xl:hidden">targets</span>
      <span>last run</span>
      <span className="@max-xl:hidden">ended</span>
      <span className="@max-xl:hidden">next start</span>
    </ListHeader>
  )
}

export function WorkflowRow({ workflow }: { workflow: WorkflowView }) {
  const now = useNow()
  const { name, targets, latestRun, nextStartAt } = workflow
  const ended = latestRun?.finishedAt
  return (
    <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
      <span className="truncate">{name}</span>
      <span className="text-right text-muted @max-xl:hidden">{targets.length}</span>
      {latestRun === null ? (
        <span className="text-faint">never</span>
      ) : (
        <span className="flex min-w-0 items-center gap-1.5">
          <StateMark look={runLook(latestRun)} />
          {latestRun.status === 'running' && (
            <span className="text-muted">{Math.round(latestRun.progress_percentage)} %</span>
          )}
        </span>
      )}
      <span className="truncate text-muted @max-xl:hidden" title={ended ? fullTime(ended) : undefined}>
        {ended ? relativeTime(ended, now) : ''}
      </span>
      <span className="truncate text-muted @max-xl:hidden" title={nextStartAt ? fullTime(nextStartAt) : undefined}>
        {nextStartAt ? relativeTime(nextStartAt, now) : '–'}
      </span>
    </div>
  )
}
