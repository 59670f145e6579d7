import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SecretView } from '#shared/contract/vault/secrets.ts'
import { describeError } from '../../platform/api/refusal.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { TextField } from '../../ui/controls/field.tsx'
import { showDone } from '../../ui/feedback/toast.tsx'

/** Who answers for it. */
export function OwnerField({ secret }: { secret: SecretView }) {
  const { api, queries } = useSession()
  const [owner, setOwner] = useState(secret.owner ?? '')
  const save = useMutation(
    api.vault.secrets.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.vault.key() })
        showDone('The owner is kept.')
      },
    }),
  )
  const isChanged = owner.trim() !== (secret.owner ?? '')
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ id: secret.id, owner: owner.trim() === '' ? null : owner })
      }}
    >
      <div className="grow">
        <TextField
          label="Owner"
          placeholder="a person or a team"
          value={owner}
          error={save.error === null ? null : describeError(save.error)}
          onChange={(event) => setOwner(event.target.value)}
        />
      </div>
      <Button type="submit" disabled={!isChanged || save.isPending} className="mb-0.5">
        Save owner
      </Button>
    </form>
  )
}
