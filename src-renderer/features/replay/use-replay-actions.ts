import { useMutation } from '@tanstack/react-query'
import { useSession } from '../../platform/api/session.ts'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'

/** The deeds on one replay. The feed brings their effect; the answer only makes it show at once. */
export function useReplayActions(id: string) {
  const { api, queries } = useSession()
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: api.replays.key() })
  const options = { onSuccess: refresh, onError: showError }
  const pause = useMutation(api.replays.pause.mutationOptions(options))
  const resume = useMutation(api.replays.resume.mutationOptions(options))
  const cancel = useMutation(
    api.replays.cancel.mutationOptions({
      onSuccess: ({ replay, canceled }) => {
        const unsent = replay.total - replay.made
        const left = unsent > 0 ? ` ${plural(unsent, 'delivery', 'deliveries')} were never made.` : ''
        showDone(`Replay canceled: ${plural(canceled, 'waiting delivery', 'waiting deliveries')} with it.${left}`)
        return refresh()
      },
      onError: showError,
    }),
  )
  return {
    isBusy: pause.isPending || resume.isPending || cancel.isPending,
    pause: () => pause.mutate({ id }),
    resume: () => resume.mutate({ id }),
    cancel: () => cancel.mutate({ id }),
  }
}
