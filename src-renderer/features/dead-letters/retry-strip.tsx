import { useMutation, useQuery } from '@tanstack/react-query'
import type { BulkRetryView } from '#shared/contract/dead-letters/dead-letters.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { formatCount } from '../../ui/format/size.ts'
import { formatWait } from '../../ui/format/time.ts'
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
  const left = ratePerSecond === null ? null : ((total - done) / ratePerSecond) * 1_000
  return (
    <li className="flex items-center gap-3 px-3 py-1.5 text-small">
      <span className="w-40 shrink-0">
        <ProgressBar label="Retry" value={done} max={total} />
      </span>
      <span role="status" className="min-w-0 truncate">
        {state === 'paused' ? 'Paused at' : 'Retrying:'} {formatCount(done)} of {formatCount(total)}
        {ratePerSecond !== null && <span className="text-muted"> · {ratePerSecond}/s</span>}
        {left !== null && state === 'running' && <span className="text-muted"> · {formatWait(left)} left</span>}
        {refusedWords(refused) !== '' && <span className="text-retry"> · {refusedWords(refused)}</span>}
      </span>
      <span className="grow" />
      {state === 'running' ? (
        <Button disabled={isBusy} onClick={() => pause.mutate({ id })}>
          Pause
        </Button>
      ) : (
        <Button disabled={isBusy} onClick={() => resume.mutate({ id })}>
          Go on
        </Button>
      )}
      <Button look="ghost" disabled={isBusy} onClick={() => cancel.mutate({ id })}>
        Cancel
      </Button>
    </li>
  )
}
