import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '../../platform/api/session.ts'
import { ErrorState, SkeletonRows } from '../feedback/states.tsx'
import { plural } from '../format/size.ts'
import { SchemaView } from './schema-view.tsx'

/** What a schema was read off, for whoever wants to keep it. */
export interface Captured {
  schema: Record<string, unknown>
  newest: unknown
}

/** The schema that captured events of a type have in common; `children` offers what can be done with it. */
export function CapturedSchema({
  type,
  provider,
  children,
}: {
  type: string
  provider: string | null
  children?: (captured: Captured) => ReactNode
}) {
  const { data, error, refetch } = useQuery(
    useApi().catalog.eventTypes.infer.queryOptions({
      input: { type, ...(provider !== null && { provider }) },
      // Events come all the time: what was read a moment ago need not hold, and may be saved.
      staleTime: 0,
      gcTime: 0,
    }),
  )
  if (error !== null && data === undefined)
    return <ErrorState title="The events could not be read" error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <SkeletonRows rows={4} />
  if (data.samples === 0)
    return <p className="px-4 py-3 text-muted">No event of this type came yet whose body is JSON.</p>
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-3 px-4 pt-2 text-small text-muted">
        <span className="grow">
          Read off the newest {data.samples === 1 ? 'captured event' : plural(data.samples, 'captured event')}
          {data.leftOut > 0 && `; ${plural(data.leftOut, 'body is', 'bodies are')} no JSON, or too large`}.
        </span>
        {children?.(data)}
      </div>
      <SchemaView schema={data.schema} name={type} label="Captured schema" />
    </>
  )
}
