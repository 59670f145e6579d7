import { useMutation, useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useApi } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { showDone, showError } from '../../ui/feedback/toast.tsx'

const SAMPLE_TYPE = 'audit.completed'

/** Composes a real event from the catalog; it goes to every endpoint that takes its type. */
export function SendSample() {
  const api = useApi()
  const providers = useQuery(api.catalog.providers.list.queryOptions({ input: {} })).data?.items
  const provider = providers?.find(({ eventTypes }) => eventTypes.some(({ name }) => name === SAMPLE_TYPE))
  const sample = provider?.eventTypes.find(({ name }) => name === SAMPLE_TYPE)?.sample
  const create = useMutation(
    api.events.create.mutationOptions({
      onSuccess: () => showDone(`Sent a sample ${SAMPLE_TYPE}.`),
      onError: showError,
    }),
  )
  return (
    <Button
      look="primary"
      disabled={sample === undefined || create.isPending}
      onClick={() => sample !== undefined && create.mutate({ type: SAMPLE_TYPE, data: sample, provider: provider?.id })}
    >
      <Send size={13} /> Send a sample
    </Button>
  )
}
