import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyView } from '#shared/contract/access/keys.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { showError } from '../../ui/feedback/toast.tsx'
import { OverlapField } from '../../ui/secrets/overlap-field.tsx'
import { KeyOnce } from './key-once.tsx'

/** Makes the text of a key anew, says what happens to the one before, and shows the new one this once. */
export function RotateKey({ apiKey: { id, name }, onClose }: { apiKey: KeyView; onClose: () => void }) {
  const { api, queries } = useSession()
  const [overlapHours, setOverlapHours] = useState(0)
  const rotate = useMutation(
    api.keys.rotate.mutationOptions({
      // Its answer holds a secret: it goes with this view.
      gcTime: 0,
      onSuccess: () => queries.invalidateQueries({ queryKey: api.keys.key() }),
      onError: showError,
    }),
  )
  const { data } = rotate
  if (data) return <KeyOnce name={name} secret={data.secret} previousUntil={data.previousUntil} onStored={onClose} />
  return (
    <Dialog title={`Rotate the key ${name}`} onClose={onClose}>
      <DialogBody>
        <p>
          A new text is made and shown once. Scopes, owner and expiry stay. If the present text may have leaked, let it
          end at once.
        </p>
        <OverlapField
          label="The present text counts for another"
          isFirst
          hours={overlapHours}
          onChange={setOverlapHours}
        />
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
