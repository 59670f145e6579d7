import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { refusalOf } from '../../platform/api/refusal.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../ui/feedback/dialog.tsx'
import { showDone } from '../../ui/feedback/notices.ts'
import { isUsable, type NewPassphrase, NO_PASSPHRASE, PassphraseFields } from '../../ui/secrets/passphrase-fields.tsx'

/** Where no keychain can be trusted with the key of the secrets, a passphrase keeps it. */
export function ChoosePassphrase({ problem, onClose }: { problem: string | null; onClose: () => void }) {
  const { api, queries } = useSession()
  const [chosen, setChosen] = useState<NewPassphrase>(NO_PASSPHRASE)
  const keep = useMutation(
    api.vault.vault.keepKey.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries()
        showDone('The passphrase keeps your secrets from now on. Hookloop asks for it at each start.')
      },
    }),
  )
  return (
    <Dialog title="Choose a passphrase for the vault" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          keep.mutate({ by: 'passphrase', passphrase: chosen.passphrase })
        }}
      >
        <DialogBody>
          <p>
            {problem} A passphrase protects your secrets instead: it seals their key, and Hookloop asks for it at each
            start.
          </p>
          <PassphraseFields
            chosen={chosen}
            error={keep.error === null ? null : refusalOf(keep.error).message}
            onChange={setChosen}
          />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" look="primary" disabled={!isUsable(chosen) || keep.isPending}>
            {keep.isPending ? 'Sealing …' : 'Use this passphrase'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
