import { useMutation } from '@tanstack/react-query'
import type { KeyView } from '#shared/contract/access/keys.ts'
import { useSession } from '../../platform/api/session.ts'
import { Confirm } from '../../ui/feedback/dialog.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'

/** Asks once, telling whether somebody still uses it. */
export function RevokeKey({ apiKey, onClose }: { apiKey: KeyView; onClose: () => void }) {
  const { api, queries } = useSession()
  const nowAt = useNow()
  const { id, name, owner, lastUsedAt, lastUsedFrom } = apiKey
  const revoke = useMutation(
    api.keys.revoke.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.keys.key() })
        showDone(`Revoked ${name}. Whoever uses it is refused from now on.`)
        onClose()
      },
      onError: showError,
    }),
  )
  return (
    <Confirm
      title={`Revoke ${name}?`}
      action="Revoke key"
      isBusy={revoke.isPending}
      onConfirm={() => revoke.mutate({ id })}
      onClose={onClose}
    >
      <p>
        {lastUsedAt === null
          ? 'It was never used.'
          : `It was last used ${relativeTime(lastUsedAt, nowAt)}${lastUsedFrom === null ? '' : ` from ${lastUsedFrom}`}.`}{' '}
        {owner} answers for it.
      </p>
      <p className="text-muted">
        It ends at once and for good, and live connections with it close within seconds. To change its text without an
        interruption, rotate it instead.
      </p>
    </Confirm>
  )
}
