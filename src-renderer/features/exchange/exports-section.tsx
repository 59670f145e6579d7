import { useMutation, useQuery } from '@tanstack/react-query'
import { Download, Trash2 } from 'lucide-react'
import type { ExportView } from '#shared/contract/exchange/exports.ts'
import { useSession } from '../../platform/api/session.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { Button, IconButton } from '../../ui/controls/button.tsx'
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx'
import { ErrorState } from '../../ui/feedback/states.tsx'
import { showError } from '../../ui/feedback/toast.tsx'
import { formatBytes, formatCount, plural } from '../../ui/format/size.ts'
import { clockTime, fullTime } from '../../ui/format/time.ts'
import { exportListOptions, useSaveExport } from './queries.ts'

/** What was exported since the start. */
export function ExportsSection() {
  const { api } = useSession()
  const { data, error, refetch } = useQuery(exportListOptions(api))
  return (
    <section aria-label="Exports" className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <h2 className="grow font-semibold">Export</h2>
        <Button onClick={() => openOverlay({ kind: 'export', events: { filter: '' } })}>Export all events…</Button>
      </div>
      <p className="text-muted">
        One event, or the events of a filter, are exported from the Inbox. Files wait here until Hookloop ends.
      </p>
      {error !== null && (
        <ErrorState title="The exports could not be read" error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && data.items.length > 0 && (
        <ul aria-label="Exports" className="border-t border-line">
          {data.items.map((run) => (
            <ExportRow key={run.id} run={run} />
          ))}
        </ul>
      )}
    </section>
  )
}

function ExportRow({ run }: { run: ExportView }) {
  const { api, queries } = useSession()
  const save = useSaveExport()
  const changed = {
    onSettled: () => queries.invalidateQueries({ queryKey: api.exports.list.key() }),
    onError: showError,
  }
  const cancel = useMutation(api.exports.cancel.mutationOptions(changed))
  const remove = useMutation(api.exports.delete.mutationOptions(changed))
  const { id, createdAt, format, secrets, state, progress, file, reason } = run
  return (
    <li className="flex min-h-9 items-center gap-3 border-b border-line/55">
      <span className="w-18 shrink-0 text-muted" title={fullTime(createdAt)}>
        {clockTime(createdAt)}
      </span>
      <span className="w-24 shrink-0">{format === 'har' ? 'HAR' : 'JSON Lines'}</span>
      {state === 'running' && (
        <>
          <ProgressBar label="Progress of the export" value={progress?.events ?? 0} max={progress?.total || 1} />
          <span className="shrink-0 text-small text-muted">
            {formatCount(progress?.events ?? 0)} of {formatCount(progress?.total ?? 0)}
          </span>
          <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id })}>
            Cancel
          </Button>
        </>
      )}
      {state === 'failed' && <span className="grow text-fail">Failed: {reason}</span>}
      {state === 'canceled' && <span className="grow text-muted">Canceled; nothing of it is left</span>}
      {file !== null && (
        <>
          <span className="grow truncate text-muted">
            {plural(file.events, 'event')} · {formatBytes(file.bytes)}
            {secrets === 'included' && ' · with secrets'}
          </span>
          <Button onClick={() => void save(run)}>
            <Download aria-hidden="true" size={13} /> Save
          </Button>
        </>
      )}
      {state !== 'running' && (
        <IconButton label="Delete this export" disabled={remove.isPending} onClick={() => remove.mutate({ id })}>
          <Trash2 size={13} />
        </IconButton>
      )}
    </li>
  )
}
