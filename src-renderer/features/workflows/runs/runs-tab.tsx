import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import type { RunView, WorkflowView } from '#shared/contract/workflows/workflows.ts'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { formatTook, fullTime, listTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { countWords, runLook, TRIGGER_WORDS } from '../run-words.ts'

const SHOWN = 100

/** The latest runs of a workflow, newest first. */
export function RunsTab({ workflow: { name }, onOpen }: { workflow: WorkflowView; onOpen: (runId: string) => void }) {
  const list = useQuery(useApi().workflows.runs.list.queryOptions({ input: { name, limit: SHOWN } }))
  const now = useNow()
  if (list.isPending) return <SkeletonRows />
  if (list.data === undefined) {
    return <ErrorState title="The runs could not be read" error={list.error} onRetry={() => void list.refetch()} />
  }
  const { items, nextCursor } = list.data
  if (items.length === 0) {
    return (
      <p className="px-4 py-6 text-muted">
        It never ran. Press Run, give it a schedule under Definition, or start it from CI.
      </p>
    )
  }
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <table aria-label="Runs" className="w-full">
        <thead className="sticky top-0 bg-panel text-left text-mini text-faint">
          <tr>
            {['status', 'started', 'took', 'by', 'succeeded'].map((title) => (
              <th key={title} className="border-b border-line px-2 py-1 font-normal first:pl-4">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((run) => (
            <RunRow key={run.id} run={run} now={now} onOpen={() => onOpen(run.id)} />
          ))}
        </tbody>
      </table>
      {nextCursor !== null && <p className="px-4 py-2 text-small text-muted">The latest {SHOWN} runs.</p>}
    </div>
  )
}

function RunRow({ run, now, onOpen }: { run: RunView; now: number; onOpen: () => void }) {
  const end = run.finishedAt === null ? now : Date.parse(run.finishedAt)
  return (
    <tr className="h-8 border-b border-line/55 hover:bg-panel">
      <td className="pr-2 pl-4">
        <button type="button" onClick={onOpen} className="underline-offset-2 hover:underline">
          <StateMark look={runLook(run)} />
        </button>
      </td>
      <td className="px-2 whitespace-nowrap text-muted" title={fullTime(run.startedAt)}>
        {listTime(run.startedAt, now)}
      </td>
      <td className="px-2 whitespace-nowrap text-muted">{formatTook(Math.max(0, end - Date.parse(run.startedAt)))}</td>
      <td className="px-2 whitespace-nowrap text-muted" title={run.actor}>
        {TRIGGER_WORDS[run.trigger]}
      </td>
      <td className="px-2 whitespace-nowrap text-muted" title={countWords(run)}>
        {run.completed_urls} of {run.total_urls}
      </td>
    </tr>
  )
}
