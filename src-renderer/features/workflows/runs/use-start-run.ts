import { useMutation } from '@tanstack/react-query'
import { useSession } from '../../../platform/api/session.ts'
import { showError } from '../../../ui/feedback/toast.tsx'

/** Starts a run and shows it; `onError` in place of a notice. */
export function useStartRun(
  name: string,
  onStarted: (runId: string) => void,
  onError: (error: unknown) => void = showError,
) {
  const { api, queries } = useSession()
  return useMutation(
    api.workflows.runs.start.mutationOptions({
      onSuccess: async ({ id }) => {
        onStarted(id)
        await queries.invalidateQueries({ queryKey: api.workflows.runs.list.key({ input: { name } }) })
      },
      onError,
    }),
  )
}
