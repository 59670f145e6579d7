import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { RetentionForm } from './retention-form.tsx'
import { SweepState } from './sweep-state.tsx'

/** While a sweep runs, it is looked at this often. */
const LOOK_EVERY_MS = 400

export function RetentionSection() {
  const retention = useQuery(
    useApi().retention.show.queryOptions({
      input: {},
      staleTime: 0,
      refetchInterval: ({ state: { data } }) => (data?.lastSweep?.state === 'running' ? LOOK_EVERY_MS : false),
    }),
  )
  if (retention.isPending) return <SkeletonRows rows={5} />
  if (retention.data === undefined) {
    const retry = (): void => void retention.refetch()
    return <ErrorState title="The retention could not be read" error={retention.error} onRetry={retry} />
  }
  const { rule, lastSweep } = retention.data
  return (
    <>
      <p className="text-muted">
        How long this project keeps its events, with their deliveries and attempts. Whatever passes one of the limits
        goes, the oldest first, every hour; runs of workflows, bulk retries and resolved alerts that ended before go
        along. The audit log stays.
      </p>
      <RetentionForm key={JSON.stringify(rule)} rule={rule} />
      <SweepState rule={rule} sweep={lastSweep} />
    </>
  )
}
