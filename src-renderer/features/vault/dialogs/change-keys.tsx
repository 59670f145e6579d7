import { useMutation } from '@tanstack/react-query'
import { useSession } from '../../../platform/api/session.ts'
import { Confirm } from '../../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'

export function ChangeKeys({ count, onClose }: { count: number; onClose: () => void }) {
  const { api, queries } = useSession()
  const change = useMutation(
    api.vault.vault.rotateKeys.mutationOptions({
      onSuccess: async () => {
        onClose()
        await queries.invalidateQueries({ queryKey: api.vault.key() })
        showDone('The keys are changed; every secret is the same as before.')
      },
      onError: (error) => {
        onClose()
        showError(error)
      },
    }),
  )
  return (
    <Confirm
      title="Change the keys of the vault?"
      action="Change keys"
      isBusy={change.isPending}
      onConfirm={() => change.mutate({})}
      onClose={onClose}
    >
      <p>
        {plural(count, 'secret')} of this project and those of all others are sealed anew under new keys. Values stay as
        they are, nothing stops meanwhile, and a restart goes on where it was.
      </p>
      <p className="text-muted">
        Backups made until now open with the present key file only: keep a copy of it where you keep them.
      </p>
    </Confirm>
  )
}
