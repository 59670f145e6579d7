import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { beginReplay, type ReplayInput } from '../../../platform/replays/begin-replay.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { plural } from '../../../ui/format/size.ts'
import { ReplayProgress } from '../replay-progress.tsx'
import { ReplayRefusal } from '../parts/replay-refusal.tsx'
import { watchReplay } from '../watch-replay.ts'
import { BulkForm, draftOf, type ReplayedEvents } from './bulk-form.tsx'
import { DryRunView } from './dry-run-view.tsx'
import { useDryRun } from './use-dry-run.ts'

/** Sends many stored events again: asks what and where to, counts it in a dry run, and only then begins. */
export default function BulkReplayDialog({ events, onClose }: { events: ReplayedEvents; onClose: () => void }) {
  const session = useSession()
  const [draft, setDraft] = useState(() => draftOf(events))
  const { state, count, forget } = useDryRun()
  const begin = useMutation({
    mutationFn: (input: ReplayInput) => beginReplay(session.client, input),
    onSuccess: ({ id }) => watchReplay(session, id),
  })
  if (begin.data !== undefined) return <ReplayProgress replayId={begin.data.id} onClose={onClose} />
  if (state.kind !== 'counted') {
    return (
      <Dialog title="Replay events" wide onClose={onClose}>
        <BulkForm
          events={events}
          draft={draft}
          refusal={state.kind === 'failed' ? refusalOf(state.error) : null}
          isCounting={state.kind === 'counting'}
          onChange={(next) => {
            setDraft(next)
            // What is changed is to be counted anew.
            if (state.kind !== 'none') forget()
          }}
          onCount={count}
          onClose={onClose}
        />
      </Dialog>
    )
  }
  const { counted, input } = state
  return (
    <Dialog title="Dry run: nothing is sent yet" wide onClose={onClose}>
      <DialogBody>
        <DryRunView counted={counted} ratePerSecond={input.ratePerSecond ?? null} />
        {begin.error !== null && <ReplayRefusal refusal={refusalOf(begin.error)} />}
      </DialogBody>
      <DialogActions>
        <Button className="mr-auto" onClick={forget}>
          Back
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          data-first
          look="primary"
          disabled={begin.isPending || counted.deliveries === 0}
          onClick={() => begin.mutate(input)}
        >
          Replay {plural(counted.deliveries, 'delivery', 'deliveries')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
