import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ImportView } from '#shared/contract/exchange/imports.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx'
import { showError } from '../../ui/feedback/toast.tsx'
import { formatBytes, formatCount, plural } from '../../ui/format/size.ts'
import { clockTime, fullTime } from '../../ui/format/time.ts'
import { CheckedFile } from './checked-file.tsx'
import { isUnderWay } from './queries.ts'

/** One file that was sent, and how far it came. */
export function ImportRow({ run }: { run: ImportView }) {
  const { api, queries } = useSession()
  const cancel = useMutation(
    api.imports.cancel.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.imports.list.key() }),
      onError: showError,
    }),
  )
  const { id, createdAt, fileName, sizeBytes, state, reason, hint } = run
  return (
    <li className="flex flex-col gap-2.5 border-b border-line/55 py-2">
      <div className="flex min-h-6 items-center gap-3">
        <span className="w-18 shrink-0 text-muted" title={fullTime(createdAt)}>
          {clockTime(createdAt)}
        </span>
        <span className="mono min-w-0 truncate" title={fileName}>
          {fileName}
        </span>
        <span className="shrink-0 text-muted">{formatBytes(sizeBytes)}</span>
        <span className="grow" />
        {(isUnderWay(run) || state === 'checked') && (
          <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id })}>
            Cancel
          </Button>
        )}
      </div>
      {isUnderWay(run) && <Progress run={run} />}
      {state === 'checked' && <CheckedFile run={run} />}
      {(state === 'refused' || state === 'failed') && (
        <p role="alert" className="border-l-2 border-fail bg-fail/9 px-2.5 py-1.5">
          {reason} {hint} <span className="text-muted">Nothing of it was kept.</span>
        </p>
      )}
      {state === 'canceled' && <p className="text-muted">Canceled; nothing of it was kept.</p>}
      {state === 'done' && (
        <p>
          {plural(run.stored?.done ?? 0, 'event was', 'events were')} imported.{' '}
          <Link to="/inbox" className="text-accent underline">
            Go to the Inbox
          </Link>
        </p>
      )}
    </li>
  )
}

function Progress({ run: { state, sizeBytes, receivedBytes, readBytes, stored } }: { run: ImportView }) {
  const [value, max, words] =
    state === 'storing' && stored !== null
      ? [stored.done, stored.total, `${formatCount(stored.done)} of ${plural(stored.total, 'event')} kept`]
      : state === 'checking'
        ? [readBytes, sizeBytes, `${formatBytes(readBytes)} of ${formatBytes(sizeBytes)} checked`]
        : [receivedBytes, sizeBytes, `${formatBytes(receivedBytes)} of ${formatBytes(sizeBytes)} sent`]
  return (
    <div className="flex items-center gap-3">
      <ProgressBar label="Progress of the import" value={value} max={max || 1} />
      <span className="shrink-0 text-small text-muted">{words}</span>
    </div>
  )
}
