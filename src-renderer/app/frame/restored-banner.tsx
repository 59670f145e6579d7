import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { useState } from 'react'
import type { RestoredView } from '#shared/contract/storage/storage.ts'
import { useCaller } from '../../platform/api/caller.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { RadioRow } from '../../ui/controls/radio-row.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'
import { fullTime } from '../../ui/format/time.ts'

/** After a restore, on every screen, until someone decides what becomes of what it held. */
export function RestoredBanner() {
  const { api } = useSession()
  const restored = useQuery(api.system.status.queryOptions({ input: {} })).data?.restored ?? null
  const [isDeciding, setDeciding] = useState(false)
  const caller = useCaller()
  const mayDecide = caller?.project === null && caller.scopes.includes('system:write')
  if (restored === null) return null
  return (
    <div
      role="region"
      aria-label="Restored backup"
      className="flex shrink-0 items-center gap-2.5 border-b border-line bg-held/9 px-3 py-1.5"
    >
      <History aria-hidden="true" size={14} className="shrink-0 text-held" />
      <span className="min-w-0 grow">
        <b className="font-semibold">Restored from a backup.</b>{' '}
        {plural(restored.held, 'delivery is', 'deliveries are')} held and{' '}
        {plural(restored.pausedEndpoints, 'endpoint is', 'endpoints are')} paused, so that nothing is sent twice.
      </span>
      <Link to="/deliveries" search={{ filter: 'state:held' }} className="shrink-0 font-medium text-accent">
        Review
      </Link>
      {mayDecide && <Button onClick={() => setDeciding(true)}>Decide…</Button>}
      {isDeciding && <Decide restored={restored} onClose={() => setDeciding(false)} />}
    </div>
  )
}

const CHOICES = [
  {
    held: 'release',
    label: 'Release what is held',
    help: 'Sent again with the same ids: what arrived after the backup was made arrives twice, and a receiver that looks at the id can tell.',
  },
  { held: 'discard', label: 'Discard what is held', help: 'Canceled; the events stay and can be replayed.' },
  { held: 'keep', label: 'Decide one by one', help: 'Endpoints stay paused: resume each when you have looked at it.' },
] as const

function Decide({ restored, onClose }: { restored: RestoredView; onClose: () => void }) {
  const { api, queries } = useSession()
  const [held, setHeld] = useState<(typeof CHOICES)[number]['held']>('keep')
  const decide = useMutation(
    api.storage.decide.mutationOptions({
      onSuccess: async ({ endpoints, deliveries }) => {
        onClose()
        await queries.invalidateQueries()
        if (held === 'keep') return
        const done = held === 'release' ? 'released' : 'discarded'
        showDone(`${plural(endpoints, 'endpoint')} resumed, ${plural(deliveries, 'delivery', 'deliveries')} ${done}.`)
      },
      onError: showError,
    }),
  )
  return (
    <Dialog title="After the restore" onClose={onClose}>
      <DialogBody>
        <p className="text-muted">
          {restored.backupAt === null
            ? 'It is not known when the backup was made.'
            : `The backup was made on ${fullTime(restored.backupAt)}.`}{' '}
          What was on its way then may have been delivered since.
        </p>
        <fieldset className="flex flex-col gap-2.5">
          <legend className="sr-only">What becomes of what is held</legend>
          {CHOICES.map((choice) => (
            <RadioRow
              key={choice.held}
              name="held"
              label={choice.label}
              help={choice.help}
              checked={held === choice.held}
              onChoose={() => setHeld(choice.held)}
            />
          ))}
        </fieldset>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={decide.isPending} onClick={() => decide.mutate({ held })}>
          {held === 'keep' ? 'Leave them held' : held === 'release' ? 'Release' : 'Discard'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
