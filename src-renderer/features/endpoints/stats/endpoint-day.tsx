import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { rateWords, successTone } from '../../../ui/format/rate.ts'
import { formatCount } from '../../../ui/format/size.ts'
import { formatTook } from '../../../ui/format/time.ts'

/** How an endpoint did in the last 24 hours, in one line. */
export function EndpointDay({ endpointId }: { endpointId: string }) {
  const stats = useQuery(useApi().endpoints.stats.queryOptions({ input: { id: endpointId } })).data
  if (stats === undefined) return null
  const { successRate, failed, retries, timeouts, waiting, answerTime } = stats
  const facts: readonly (readonly [string, string, string?])[] = [
    ['success', rateWords(successRate), successTone(successRate)],
    ['failed', formatCount(failed), failed > 0 ? 'text-fail' : undefined],
    ['retries', formatCount(retries)],
    ['timeouts', formatCount(timeouts), timeouts > 0 ? 'text-retry' : undefined],
    ['waiting', formatCount(waiting)],
    ['answers p50', took(answerTime.p50Ms)],
    ['p95', took(answerTime.p95Ms)],
  ]
  return (
    <section
      aria-label="Last 24 hours"
      className="flex shrink-0 flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line bg-panel px-4 py-1.5 text-small"
    >
      <h2 className="text-faint">Last 24 hours</h2>
      <dl className="contents">
        {facts.map(([name, value, tone = 'text-text']) => (
          <div key={name} className="flex gap-1.5">
            <dt className="text-muted">{name}</dt>
            <dd className={tone}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function took(ms: number | null): string {
  return ms === null ? '–' : formatTook(ms)
}
