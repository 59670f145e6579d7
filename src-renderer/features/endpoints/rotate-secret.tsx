import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { fullTime } from '../../ui/format/time.ts'
import { OverlapField } from '../../ui/secrets/overlap-field.tsx'
import { SecretOnce } from './form/secret-once.tsx'

/** Makes a new signing secret, says what happens to the one before, and shows the new one this once. */
export function RotateSecret({ endpoint, onClose }: { endpoint: EndpointView; onClose: () => void }) {
  const { api, queries } = useSession()
  const [overlapHours, setOverlapHours] = useState(24)
  const rotate = useMutation(
    api.endpoints.rotateSecret.mutationOptions({
      // Its answer holds a secret: it goes with this view.
      gcTime: 0,
      onSuccess: () => queries.invalidateQueries({ queryKey: api.endpoints.key() }),
      onError: showError,
    }),
  )
  const { id, name, signedBy } = endpoint
  if (rotate.data) return <SecretOnce name={name} signedBy={signedBy} secret={rotate.data.secret} onStored={onClose} />
  return (
    <Dialog title={`Rotate the secret of ${name}`} onClose={onClose}>
      <DialogBody>
        <p>
          A new secret is made and shown once. The present one goes on signing beside it for the overlap, so that your
          receiver can be changed meanwhile. Where a sender’s header takes one signature only, the present one signs
          alone until then.
        </p>
        <OverlapField isFirst hours={overlapHours} onChange={setOverlapHours} />
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={rotate.isPending} onClick={() => rotate.mutate({ id, overlapHours })}>
          Rotate
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** While two secrets sign: until when, and the way to end it. */
export function SecretOverlap({ endpoint }: { endpoint: EndpointView }) {
  const { api, queries } = useSession()
  const end = useMutation(
    api.endpoints.endOverlap.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.endpoints.key() })
        showDone('Only the newest secret signs from now on.')
      },
      onError: showError,
    }),
  )
  const until = overlapEnd(endpoint)
  if (until === null) return null
  return (
    <span className="flex items-center gap-2">
      previous secret signs until {fullTime(until)}
      <Button disabled={end.isPending} onClick={() => end.mutate({ id: endpoint.id })}>
        Switch now
      </Button>
    </span>
  )
}

/** When the last earlier secret ends to sign; null where none signs any more. */
function overlapEnd({ secrets }: EndpointView): string | null {
  const now = new Date().toISOString()
  const ends = secrets.flatMap(({ expiresAt }) => (expiresAt !== null && expiresAt > now ? [expiresAt] : []))
  return ends.toSorted().at(-1) ?? null
}
