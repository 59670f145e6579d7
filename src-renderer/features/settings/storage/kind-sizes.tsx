import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { formatBytes } from '../../../ui/format/size.ts'

const NAMES: Readonly<Record<string, string>> = {
  bodies: 'Bodies',
  events: 'Events',
  deliveries: 'Deliveries',
  attempts: 'Attempts and answers',
  other: 'All else',
}

/** What each kind of record takes, drawn and written. */
export function KindSizes() {
  const kinds = useQuery(useApi().storage.kinds.queryOptions({ staleTime: 0, gcTime: 0 }))
  if (kinds.isPending) return <SkeletonRows rows={4} />
  if (kinds.data === undefined) {
    return <ErrorState title="It could not be measured" error={kinds.error} onRetry={() => void kinds.refetch()} />
  }
  const { items } = kinds.data
  const total = items.reduce((sum, { bytes }) => sum + bytes, 0)
  return (
    <table aria-label="Size by kind" className="w-full max-w-120">
      <thead className="sr-only">
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Share</th>
          <th scope="col">Size</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ kind, bytes }) => {
          const share = total === 0 ? 0 : Math.round((100 * bytes) / total)
          return (
            <tr key={kind} className="border-b border-line/55">
              <th scope="row" className="w-44 py-1.5 text-left font-normal">
                {NAMES[kind] ?? kind}
              </th>
              <td aria-label={`${share} %`} className="py-1.5">
                <span className="flex items-center gap-2">
                  <span aria-hidden="true" className="block h-2 grow rounded-sm bg-raise">
                    <span className="block h-2 rounded-sm bg-accent" style={{ width: `${share}%` }} />
                  </span>
                  <span className="w-9 text-right text-small text-muted">{share} %</span>
                </span>
              </td>
              <td className="w-20 py-1.5 text-right">{formatBytes(bytes)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
