import { useMutation } from '@tanstack/react-query'
import type { SecretView } from '#shared/contract/vault/secrets.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Confirm } from '../../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'
import { nameOf } from '../secret-words.ts'

export function RemoveSecret({
  secret,
  onClose,
  onRemoved,
}: {
  secret: SecretView
  onClose: () => void
  onRemoved: () => void
}) {
  const { api, queries } = useSession()
  const { id, place, versions } = secret
  const remove = useMutation(
    api.vault.secrets.delete.mutationOptions({
      onSuccess: async () => {
        onRemoved()
        await queries.invalidateQueries({ queryKey: api.vault.key() })
        showDone(`Removed ${nameOf(secret)}.`)
      },
      onError: (error) => {
        onClose()
        showError(error)
      },
    }),
  )
  return (
    <Confirm
      title={`Remove ${nameOf(secret)}?`}
      action={`Remove ${plural(versions.length, 'version')}`}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id })}
      onClose={onClose}
    >
      <p>
        {plural(versions.length, 'version')} of it {versions.length === 1 ? 'goes' : 'go'} for good, and {place.name}{' '}
        can use it no more. Who looked at it stays on record.
      </p>
    </Confirm>
  )
}
