import { Link } from '@tanstack/react-router'
import type { OverviewView } from '#shared/contract/stats/overview.ts'
import { PanelHead } from '../../../ui/chart/chart-panel.tsx'
import { rateWords, successTone } from '../../../ui/format/rate.ts'
import { formatCount, plural } from '../../../ui/format/size.ts'

type EndpointFigures = OverviewView['endpoints'][number]

/** The share of deliveries that each endpoint took, the busiest first. */
export function EndpointPanel({ overview: { endpoints } }: { overview: OverviewView }) {
  const poor = endpoints.filter(({ failed }) => failed > 0).length
  return (
    <section aria-label="Success rate by endpoint" className="@container flex min-w-0 flex-col gap-2 px-4 py-3">
      <PanelHead
        title="Success rate by endpoint"
        note={poor === 0 ? 'none failed' : `${plural(poor, 'endpoint')} with failures`}
      />
      {endpoints.length === 0 ? (
        <p className="text-muted">No delivery ended in this time.</p>
      ) : (
        <div tabIndex={0} role="region" aria-label="Success rates" className="max-h-[260px] overflow-y-auto">
          <table className="w-full table-fixed border-collapse">
            <caption className="sr-only">Success rate by endpoint</caption>
            <thead className="text-mini text-faint">
              <tr>
                <th scope="col" className="text-left font-normal">
                  endpoint
                </th>
                <th scope="col" className="w-[30%] text-left font-normal @max-md:hidden">
                  delivered
                </th>
                <th scope="col" className="w-40 text-right font-normal">
                  of those that ended
                </th>
                <th scope="col" className="w-14 text-right font-normal">
                  failed
                </th>
              </tr>
            </thead>
            <tbody>
              {endpoints.map((figures) => (
                <EndpointRow key={figures.endpointId ?? 'none'} figures={figures} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function EndpointRow({ figures }: { figures: EndpointFigures }) {
  const { endpointId, endpointName, succeeded, failed, successRate } = figures
  const share = succeeded / Math.max(succeeded + failed, 1)
  const name = endpointName ?? (endpointId === null ? 'Bare addresses' : 'A deleted endpoint')
  const filter = `endpoint:${endpointId ?? 'none'}`
  return (
    <tr className="h-8 border-t border-line/55">
      <td className="truncate pr-3">
        <Link to="/deliveries" search={{ filter }} className="hover:underline">
          {name}
        </Link>
      </td>
      <td className="pr-3 @max-md:hidden">
        <span className="sr-only">{formatCount(succeeded)}</span>
        <span aria-hidden="true" className="flex h-2 overflow-hidden rounded-sm bg-raise">
          <span className="bg-ok" style={{ width: `${share * 100}%` }} />
          <span className="bg-fail" style={{ width: `${(1 - share) * 100}%` }} />
        </span>
      </td>
      <td className={`truncate text-right ${successTone(successRate)}`}>{rateWords(successRate)}</td>
      <td className="text-right">
        {failed === 0 ? (
          <span className="text-faint">0</span>
        ) : (
          <Link to="/deliveries" search={{ filter: `${filter} state:failed` }} className="text-fail hover:underline">
            {formatCount(failed)}
          </Link>
        )}
      </td>
    </tr>
  )
}
