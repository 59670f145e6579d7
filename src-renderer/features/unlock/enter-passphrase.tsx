import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { refusalOf } from '../../platform/api/refusal.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { TextField } from '../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { showDone } from '../../ui/feedback/notices.ts'
import { plural } from '../../ui/format/size.ts'

/** Opens the vault after a start. */
export function EnterPassphrase({ onClose }: { onClose: () => void }) {
  const { api, queries } = useSession()
  const [passphrase, setPassphrase] = useState('')
  const unlock = useMutation(
    api.vault.vault.unlock.mutationOptions({
      onSuccess: async ({ resumed }) => {
        await queries.invalidateQueries()
        showDone(resumed > 0 ? `The vault is open. ${plural(resumed, 'endpoint')} resumed.` : 'The vault is open.')
      },
    }),
  )
  return (
    <Dialog title="Enter the passphrase of the vault" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          unlock.mutate({ passphrase })
        }}
      >
        <DialogBody>
          <p className="text-muted">
            It keeps the key of your secrets and is stored nowhere. Events are captured meanwhile; what needs a secret
            waits.
          </p>
          <TextField
            label="Passphrase"
            type="password"
            autoComplete="current-password"
            data-first
            required
            value={passphrase}
            error={unlock.error === null ? null : refusalOf(unlock.error).message}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" look="primary" disabled={passphrase === '' || unlock.isPending}>
            {unlock.isPending ? 'Opening …' : 'Open the vault'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
