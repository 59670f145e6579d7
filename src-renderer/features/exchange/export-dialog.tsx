import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { ExportView } from '#shared/contract/exchange/exports.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { RadioRow } from '../../ui/controls/radio-row.tsx'
import { Toggle } from '../../ui/controls/toggle.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx'
import { showError } from '../../ui/feedback/toast.tsx'
import { formatBytes, formatCount, plural } from '../../ui/format/size.ts'
import { exportOptions, useSaveExport } from './queries.ts'

/** Which events are exported: chosen ones, or all that a filter takes. */
export type ExportedEvents = { eventIds: readonly string[] } | { filter: string }

const FORMATS = [
  { value: 'json-lines', label: 'JSON Lines', help: 'One JSON text for each event: for scripts, and to import again.' },
  {
    value: 'har',
    label: 'HAR 1.2',
    help: 'For the tools that read what browsers record; attempts are entries of their own.',
  },
] as const

/** Asks what a file is to hold, makes it, and saves it. Closed early, it is made all the same. */
export default function ExportDialog({ events, onClose }: { events: ExportedEvents; onClose: () => void }) {
  const { api } = useSession()
  const [format, setFormat] = useState<(typeof FORMATS)[number]['value']>('json-lines')
  const [deliveries, setDeliveries] = useState(true)
  const [withSecrets, setWithSecrets] = useState(false)
  const create = useMutation(api.exports.create.mutationOptions({ onError: showError }))
  if (create.data !== undefined) return <Making id={create.data.id} onClose={onClose} />
  return (
    <Dialog title={titleOf(events)} onClose={onClose}>
      <DialogBody>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 text-small font-medium">Format</legend>
          {FORMATS.map(({ value, label, help }) => (
            <RadioRow
              key={value}
              name="format"
              label={label}
              help={help}
              checked={format === value}
              onChoose={() => setFormat(value)}
            />
          ))}
        </fieldset>
        <Toggle
          label="With deliveries and attempts"
          help="What was sent on, and what receivers answered."
          checked={deliveries}
          onChange={setDeliveries}
        />
        <Toggle
          label="With secrets"
          help="Off, values of headers, query fields and capture addresses that let somebody in are hidden. Bodies stay as they are in any case. On, the audit log keeps that you took them."
          checked={withSecrets}
          onChange={setWithSecrets}
        />
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={create.isPending}
          onClick={() =>
            create.mutate({
              ...('eventIds' in events ? { eventIds: [...events.eventIds] } : { filter: events.filter }),
              format,
              deliveries,
              secrets: withSecrets ? 'included' : 'hidden',
            })
          }
        >
          Export
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function titleOf(events: ExportedEvents): string {
  if ('eventIds' in events) return `Export ${plural(events.eventIds.length, 'event')}`
  return events.filter === '' ? 'Export all events' : 'Export the events of this filter'
}

function Making({ id, onClose }: { id: string; onClose: () => void }) {
  const { api } = useSession()
  const { data: run } = useQuery(exportOptions(api, id))
  const save = useSaveExport()
  const isSaved = useRef(false)
  const cancel = useMutation(api.exports.cancel.mutationOptions({ onError: showError }))
  useEffect(() => {
    if (run?.state !== 'done' || isSaved.current) return
    isSaved.current = true
    void save(run).then((isDone) => isDone && onClose())
  }, [run, save, onClose])
  return (
    <Dialog title="Export" onClose={onClose}>
      <DialogBody>{run === undefined ? null : <Standing run={run} />}</DialogBody>
      <DialogActions>
        {run?.state === 'running' && (
          <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id })}>
            Cancel export
          </Button>
        )}
        <Button data-first onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Standing({ run }: { run: ExportView }) {
  if (run.state === 'failed') return <p className="text-fail">The export failed: {run.reason}</p>
  if (run.state === 'canceled') return <p className="text-muted">Canceled; nothing of it is left.</p>
  if (run.file !== null) return <p>Saving {formatBytes(run.file.bytes)} …</p>
  const { events = 0, total = 0 } = run.progress ?? {}
  return (
    <>
      <ProgressBar label="Progress of the export" value={events} max={total || 1} />
      <p className="text-muted">
        {total === 0 ? 'Looking for the events…' : `${formatCount(events)} of ${plural(total, 'event')}.`} You may close
        this: the file is made all the same, and waits under{' '}
        <Link to="/exchange" className="text-accent underline">
          Export and import
        </Link>
        .
      </p>
    </>
  )
}
