import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '../../../platform/api/session.ts'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { eventBodyOptions } from '../../../platform/api/event-body.ts'

/** Shows what `children` makes of an event's body once it is here. */
export function LoadedBody({
  eventId,
  children,
}: {
  eventId: string
  children: (bytes: Uint8Array<ArrayBuffer>) => ReactNode
}) {
  const { data, error, refetch } = useQuery(eventBodyOptions(useApi(), eventId))
  if (data !== undefined) return children(data)
  if (error !== null)
    return <ErrorState title="The body could not be read" error={error} onRetry={() => void refetch()} />
  return <SkeletonRows rows={3} />
}
