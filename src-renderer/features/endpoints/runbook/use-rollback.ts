import { useMutation } from '@tanstack/react-query'
import { useSession } from '../../../platform/api/session.ts'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'

/** Brings a snapshot back and tells what could not come back with it. */
export function useRollback(onDone: () => void = () => {}) {
  const { api, queries } = useSession()
  return useMutation(
    api.operations.snapshots.rollback.mutationOptions({
      onSuccess: async ({ version, notRestored }) => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.endpoints.key() }),
          queries.invalidateQueries({ queryKey: api.operations.key() }),
          queries.invalidateQueries({ queryKey: api.integrations.key() }),
        ])
        onDone()
        const missing = notRestored.map(({ message }) => message).join(' ')
        if (missing === '') showDone(`Restored as version ${version}.`)
        else showError(`Restored as version ${version}, but: ${missing}`)
      },
      onError: showError,
    }),
  )
}
