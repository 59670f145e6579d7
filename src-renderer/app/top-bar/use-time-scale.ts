import { useMutation } from '@tanstack/react-query'
import { useSession } from '../../platform/api/session.ts'
import { showError } from '../../ui/feedback/toast.tsx'

/** Sets how many times faster this project's waits run. */
export function useTimeScale(): { setScale: (timeScale: number) => void } {
  const { api, queries, project } = useSession()
  const update = useMutation(
    api.projects.update.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.system.status.key() }),
      onError: showError,
    }),
  )
  return { setScale: (timeScale) => update.mutate({ id: project, timeScale }) }
}
