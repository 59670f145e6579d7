import { useMutation } from '@tanstack/react-query'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { useSession } from './session.ts'

/** The deeds on one delivery. The feed brings their effect; the answer only makes it show at once. */
export function useDeliveryActions(onError: (error: unknown) => void) {
  const { api, queries } = useSession()
  const onSuccess = ({ id }: DeliveryView): Promise<void> =>
    queries.invalidateQueries({ queryKey: api.deliveries.get.key({ input: { id } }) })
  const retry = useMutation(api.deliveries.retry.mutationOptions({ onSuccess, onError }))
  const cancel = useMutation(api.deliveries.cancel.mutationOptions({ onSuccess, onError }))
  return {
    isBusy: retry.isPending || cancel.isPending,
    retry: (id: string) => retry.mutate({ id }),
    cancel: (id: string) => cancel.mutate({ id }),
  }
}
