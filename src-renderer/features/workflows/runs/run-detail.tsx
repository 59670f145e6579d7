import { ProgressBar } from '../../../ui/feedback/progress-bar.tsx'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RunDetail as Run, WorkflowView } from '#shared/contract/workflows/workflows.ts'
import { useMay } from '../../../platform/api/caller.ts'
import { useSession } from '../../../platform/api/session.ts'
import { ActionButton } from '../../../ui/controls/action-button.tsx'
import { StateMark } from '../../../ui/delivery/state-mark.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { showError } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'
import { formatTook, fullTime, relativeTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { Chip, shortId } from '../../../ui/layout/detail-pane.tsx'
import { countWords, runLook, stopWords, TRIGGER_WORDS } from '../run-words.ts'
import { TraceTable } from './trace-table.tsx'
import { useStartRun } from './use-start-run.ts'

/** How one run goes, live, and what it sent. */
export function RunDetail({
  workflow: { name },
  runId,
  onRetried,
}: {
  workflow: WorkflowView
  runId: string
  onRetried: (runId: string) => void
}) {
  const { api } = useSession()
  const found = useQuery(api.workflows.runs.get.queryOptions({ input: { name, id: runId } }))
  if (found.isPending) return <SkeletonRows />
  if (found.data === undefined) {
    return <ErrorState title="The run could not be read" error={found.error} onRetry={() => void found.refetch()} />
  }
  const run = found.data
  const stopped = stopWords(run)
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="flex shrink-0 flex-col gap-2 px-4 py-3">
        <div className="flex flex-wrap items-center gap-2">
          <StateMark look={runLook(run)} className="font-medium" />
          <span className="mono text-faint" title={run.id}>
            {shortId(run.id)}
          </span>
          <span className="ml-auto flex gap-1.5">
            <Link
              to="/workflows/$workflow"
              params={{ workflow: name }}
              search={{}}
              className="self-center text-small text-accent underline underline-offset-2"
            >
              All runs
            </Link>
            <RunActions run={run} onRetried={onRetried} />
          </span>
        </div>
        <ProgressBar label="Progress of the run" max={100} value={run.progress_percentage} look={barLook(run)} />
        <p role="status">
          {countWords(run)} · {run.progress_percentage} %
        </p>
        {stopped !== null && <p className="border-l-2 border-held bg-held/9 px-2.5 py-1 text-small">{stopped}</p>}
        <RunChips run={run} />
      </div>
      <TraceTable trace={run.trace} />
    </div>
  )
}

function barLook({ status }: Run): string {
  if (status === 'running') return '[&::-webkit-progress-value]:bg-accent'
  return status === 'succeeded' ? '[&::-webkit-progress-value]:bg-ok' : '[&::-webkit-progress-value]:bg-fail'
}

function RunActions({ run, onRetried }: { run: Run; onRetried: (runId: string) => void }) {
  const { api, queries } = useSession()
  const { id, workflow: name } = run
  const again = useStartRun(name, onRetried)
  const mayNot = useMay('workflows:run') ? null : 'This key may not: it lacks workflows:run'
  const cancel = useMutation(
    api.workflows.runs.cancel.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.workflows.key() }),
      onError: showError,
    }),
  )
  if (run.status === 'running') {
    return (
      <ActionButton
        action="run.cancel"
        look="danger"
        blocked={cancel.isPending || run.stop === 'canceled' ? 'It is being canceled' : mayNot}
        onAct={() => cancel.mutate({ name, id })}
      >
        Cancel
      </ActionButton>
    )
  }
  if (run.status === 'succeeded') return null
  return (
    <ActionButton
      action="run.retry"
      blocked={again.isPending ? 'One moment' : mayNot}
      onAct={() => again.mutate({ name, retryOf: id })}
    >
      Run {plural(run.failed_urls, 'failed target')} again
    </ActionButton>
  )
}

function RunChips({ run }: { run: Run }) {
  const now = useNow()
  const { startedAt, finishedAt, tags, variables, callbackEndpointId, retryOf, missedStarts } = run
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-small text-muted">
      <Chip>
        {TRIGGER_WORDS[run.trigger]}, {run.actor}
      </Chip>
      <Chip>
        <span title={fullTime(startedAt)}>began {relativeTime(startedAt, now)}</span>
      </Chip>
      {finishedAt !== null && <Chip>took {formatTook(Date.parse(finishedAt) - Date.parse(startedAt))}</Chip>}
      {tags.map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
      {Object.entries(variables).map(([name, value]) => (
        <Chip key={name}>
          <span className="mono">
            {name}={value}
          </span>
        </Chip>
      ))}
      {callbackEndpointId !== null && <Chip>tells an endpoint of its end</Chip>}
      {retryOf !== null && (
        <Link
          to="/workflows/$workflow/$runId"
          params={{ workflow: run.workflow, runId: retryOf }}
          search={{}}
          className="text-accent underline underline-offset-2"
        >
          tries again what failed in {shortId(retryOf)}
        </Link>
      )}
      {missedStarts > 0 && <Chip>makes up for {plural(missedStarts, 'missed start')}</Chip>}
    </div>
  )
}
