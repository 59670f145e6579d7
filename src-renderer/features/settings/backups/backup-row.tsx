import { ProgressBar } from '../../../ui/feedback/progress-bar.tsx'
import { useMutation } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { BackupView } from '#shared/contract/storage/backups.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button, IconButton } from '../../../ui/controls/button.tsx'
import { CodeLine } from '../../../ui/feedback/code-line.tsx'
import { Confirm } from '../../../ui/feedback/dialog.tsx'
import { showError } from '../../../ui/feedback/toast.tsx'
import { formatBytes, plural } from '../../../ui/format/size.ts'
import { clockTime, fullTime, listTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'

export function BackupRow({ backup }: { backup: BackupView }) {
  const { createdAt, state, reason, file } = backup
  const now = useNow()
  const day = listTime(createdAt, now)
  const time = clockTime(createdAt)
  return (
    <li className="flex flex-col gap-2 border-b border-line/55 py-2.5">
      <div className="flex min-h-6 items-center gap-3">
        <span className="w-28 shrink-0" title={fullTime(createdAt)}>
          {day === time ? time : `${day}, ${time}`}
        </span>
        {state === 'running' && <Running backup={backup} />}
        {state === 'failed' && <span className="grow text-fail">Failed: {reason}</span>}
        {state === 'canceled' && <span className="grow text-muted">Canceled; nothing of it is left</span>}
        {file !== null && (
          <span className="grow truncate text-muted">
            {plural(file.counts.events, 'event')}, {plural(file.counts.deliveries, 'delivery', 'deliveries')} ·{' '}
            {formatBytes(file.sizeBytes)}
          </span>
        )}
        {state !== 'running' && <Delete backup={backup} />}
      </div>
      {file !== null && <CodeLine text={file.path} label="Copy the backup’s path" />}
      {file !== null && (
        <details className="text-small text-muted">
          <summary className="w-fit">How to restore it, and how to tell that it is whole</summary>
          <div className="mt-2 flex flex-col gap-2">
            <p>Stop Hookloop, then run this. Nothing is sent afterwards until you release it.</p>
            <CodeLine text={`hookloop restore '${file.path}' --force`} label="Copy the command" />
            <p>
              SHA-256 <span className="mono break-all">{file.sha256}</span>
            </p>
          </div>
        </details>
      )}
    </li>
  )
}

function Running({ backup: { id, progress } }: { backup: BackupView }) {
  const { api, queries } = useSession()
  const cancel = useMutation(
    api.backups.cancel.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.backups.key() }),
      onError: showError,
    }),
  )
  const { copiedBytes, totalBytes } = progress ?? { copiedBytes: 0, totalBytes: 0 }
  return (
    <>
      <ProgressBar label="Progress of the backup" value={copiedBytes} max={totalBytes || 1} />
      <span className="w-32 text-right text-small text-muted">
        {totalBytes === 0 ? 'begins' : `${formatBytes(copiedBytes)} of ${formatBytes(totalBytes)}`}
      </span>
      <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id })}>
        Cancel
      </Button>
    </>
  )
}

function Delete({ backup: { id, file } }: { backup: BackupView }) {
  const { api, queries } = useSession()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation(
    api.backups.delete.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.backups.key() }),
      onError: showError,
    }),
  )
  return (
    <>
      <IconButton label="Delete this backup" onClick={() => (file === null ? remove.mutate({ id }) : setAsking(true))}>
        <Trash2 size={13} />
      </IconButton>
      {isAsking && file !== null && (
        <Confirm
          title="Delete this backup?"
          action="Delete backup"
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate({ id }, { onSettled: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        >
          <p>
            Its file goes for good, with the copy of {plural(file.counts.events, 'event')} in it. What is stored now
            stays.
          </p>
        </Confirm>
      )}
    </>
  )
}
