import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { refusalOf } from '../../platform/api/refusal.ts'
import { beginReplay, type ReplayInput } from '../../platform/replays/begin-replay.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { ReplayProgress } from './replay-progress.tsx'
import { ReplaySigning } from './parts/replay-signing.tsx'
import { ReplayRefusal } from './parts/replay-refusal.tsx'
import { type Aim, aimInput, isAimed } from './parts/aim.ts'
import { ReplayTarget } from './parts/replay-target.tsx'
import { FIRST_SIGNING, signingInput, sourceSignerWords } from './parts/signing.ts'
import { watchReplay } from './watch-replay.ts'

/** Sends one stored event again. */
export default function ReplayDialog({
  eventId,
  endpointId,
  onClose,
}: {
  eventId: string
  endpointId?: string | undefined
  onClose: () => void
}) {
  const session = useSession()
  const { api } = session
  const event = useQuery(api.events.get.queryOptions({ input: { id: eventId } })).data
  const [aim, setAim] = useState<Aim>(
    endpointId === undefined ? { kind: 'matching' } : { kind: 'chosen', endpointIds: new Set([endpointId]) },
  )
  const [signing, setSigning] = useState(FIRST_SIGNING)
  const sources = useQuery(api.sources.list.queryOptions({ input: {} })).data?.items ?? []
  const create = useMutation({
    mutationFn: (input: ReplayInput) => beginReplay(session.client, input),
    onSuccess: ({ id }) => watchReplay(session, id),
  })
  const refusal = create.error === null ? null : refusalOf(create.error)

  if (create.data !== undefined) return <ReplayProgress replayId={create.data.id} eventId={eventId} onClose={onClose} />
  return (
    <Dialog title={`Replay ${event?.type ?? 'event'}`} onClose={onClose}>
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          create.mutate({ eventIds: [eventId], ...aimInput(aim), ...signingInput(signing, aim) })
        }}
      >
        <DialogBody>
          <ReplayTarget
            eventType={event?.type}
            aim={aim}
            onChange={setAim}
            error={refusal?.field === 'url' ? refusal.message : null}
          />
          <ReplaySigning
            signing={signing}
            isToAddress={aim.kind === 'url'}
            sourceWords={sourceSignerWords(event, sources)}
            onChange={setSigning}
          />
          {refusal !== null && refusal.field !== 'url' && <ReplayRefusal refusal={refusal} />}
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button data-first type="submit" look="primary" disabled={!isAimed(aim) || create.isPending}>
            Replay
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
