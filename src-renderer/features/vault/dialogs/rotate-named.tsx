import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SecretView } from '#shared/contract/vault/secrets.ts'
import { describeError } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { OverlapField } from '../../../ui/secrets/overlap-field.tsx'
import { nameOf } from '../secret-words.ts'
import { ValueOnce } from './value-once.tsx'

/** A new version of a secret, with a value that was given or is made and shown this once. */
export function RotateNamed({ secret, onClose }: { secret: SecretView; onClose: () => void }) {
  const { api, queries } = useSession()
  const isSigning = secret.role === 'signing'
  const [value, setValue] = useState('')
  const [overlapHours, setOverlapHours] = useState(isSigning && !secret.isLocked ? 24 : 0)
  const rotate = useMutation(
    api.vault.secrets.rotate.mutationOptions({
      gcTime: 0,
      onSuccess: async ({ value: made }) => {
        await Promise.all(
          [api.vault.key(), api.endpoints.key()].map((queryKey) => queries.invalidateQueries({ queryKey })),
        )
        if (made !== null) return
        showDone('The new version is sealed.')
        onClose()
      },
    }),
  )
  const made = rotate.data?.value ?? null
  if (made !== null)
    return <ValueOnce what={`${nameOf(secret)} of ${secret.place.name}`} value={made} onStored={onClose} />
  return (
    <Dialog title={`${secret.isLocked ? 'Enter' : 'Rotate'} ${nameOf(secret)}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          rotate.mutate({ id: secret.id, overlapHours, ...(value === '' ? {} : { value }) })
        }}
      >
        <DialogBody>
          <TextField
            label="New value"
            type="password"
            mono
            data-first
            placeholder="leave empty to have one made"
            value={value}
            error={rotate.error === null ? null : describeError(rotate.error)}
            onChange={(event) => setValue(event.target.value)}
          />
          {!secret.isLocked && (
            <OverlapField
              help={
                isSigning
                  ? 'The present one goes on signing beside it for so long; alone, where a header takes one signature only.'
                  : 'A request has room for one value: the present one goes on being sent for so long, then the new one.'
              }
              hours={overlapHours}
              onChange={setOverlapHours}
            />
          )}
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={rotate.isPending}>
            {secret.isLocked ? 'Seal it' : 'Rotate'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
