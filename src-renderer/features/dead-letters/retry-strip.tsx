import { useMutation, useQuery } from '@tanstack/react-query'
import type { BulkRetryView } from '#shared/contract/dead-letters/dead-letters.ts'
import { useSession } from '../../platform/api/session.ts'
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { formatCount } from '../../ui/format/size.ts'
import { RunButtons } from '../../ui/runs/run-buttons.tsx'
import { RunFigures } from '../../ui/runs/run-figures.tsx'
import { refusedWords } from './watch-retry.ts'

/** Every retry that runs or is paused, with how far it is. */
export function RetryStrip() {
  const { api } = useSession()
  const retries = useQuery(api.deadLetters.retries.queryOptions({ input: { limit: 20 } })).data?.items ?? []
  const open = retries.filter(({ state }) => state === 'running' || state === 'paused')
  if (open.length === 0) return null
  return (
    <ul aria-label="Retries under way" className="shrink-0 border-b border-line bg-panel">
      {open.map((retry) => (
        <OneRetry key={retry.id} retry={retry} />
      ))}
    </ul>
  )
}

function OneRetry({ retry }: { retry: BulkRetryView }) {
  const { api, queries } = useSession()
  const { id, state, total, done, ratePerSecond, refused } = retry
  const options = {
    onSuccess: () => queries.invalidateQueries({ queryKey: api.deadLetters.key() }),
    onError: showError,
  }
  const pause = useMutation(api.deadLetters.pauseRetry.mutationOptions(options))
  const resume = useMutation(api.deadLetters.resumeRetry.mutationOptions(options))
  const cancel = useMutation(
    api.deadLetters.cancelRetry.mutationOptions({
      onSuccess: (ended) => {
        showDone(`Canceled. ${formatCount(ended.total - ended.done)} were left as they are.`)
        return options.onSuccess()
      },
      onError: showError,
    }),
  )
  const isBusy = pause.isPending || resume.isPending || cancel.isPending
  const isRunning = state === 'running'
  return (
    <li className="flex items-center gap-3 px-3 py-1.5 text-small">
      <span className="w-40 shrink-0">
        <ProgressBar label="Retry" value={done} max={total} />
      </span>
      <span role="status" className="min-w-0 truncate">
        {isRunning ? 'Retrying:' : 'Paused at'}{' '}
        <RunFigures done={done} total={total} ratePerSecond={ratePerSecond} isRunning={isRunning} />
        {refusedWords(refused) !== '' && <span className="text-retry"> · {refusedWords(refused)}</span>}
      </span>
      <span className="grow" />
      <RunButtons
        state={isRunning ? 'running' : 'paused'}
        isBusy={isBusy}
        onPause={() => pause.mutate({ id })}
        onResume={() => resume.mutate({ id })}
        onCancel={() => cancel.mutate({ id })}
      />
    </li>
  )
}
