import { useQuery } from '@tanstack/react-query'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { HealthView } from '#shared/contract/operations/endpoint-operations.ts'
import { useApi } from '../../../platform/api/session.ts'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { rateWords, successTone } from '../../../ui/format/rate.ts'
import { formatCount, plural } from '../../../ui/format/size.ts'
import { relativeTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { Step } from './step.tsx'

/** Four answers, each by itself. */
export function HealthStep({ endpoint }: { endpoint: EndpointView }) {
  const health = useQuery(useApi().operations.health.queryOptions({ input: { id: endpoint.id } }))
  return (
    <Step number={3} title="Health" state="last 24 hours">
      {health.data !== undefined ? (
        <Answers health={health.data} />
      ) : health.isError ? (
        <ErrorState title="Its health could not be read" error={health.error} onRetry={() => void health.refetch()} />
      ) : (
        <SkeletonRows rows={3} />
      )}
    </Step>
  )
}

function Answers({ health }: { health: HealthView }) {
  const now = useNow()
  const { configuration, filterSuppression, successRate } = health
  const answers: readonly (readonly [string, string, string, string?])[] = [
    configuration.state === 'complete'
      ? ['Configuration', 'complete', 'text-ok']
      : ['Configuration', `${plural(configuration.problems.length, 'thing')} missing`, 'text-retry'],
    connectivity(health.connectivity, now),
    suppression(filterSuppression),
    ['Success rate', rateWords(successRate), successTone(successRate), 'of the deliveries that ended'],
  ]
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {answers.map(([name, words, tone, more]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd>
            <span className={tone}>{words}</span>
            {more !== undefined && <span className="text-small text-muted"> {more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function connectivity(
  { state, last }: HealthView['connectivity'],
  now: number,
): readonly [string, string, string, string?] {
  if (last === null) return ['Connectivity', 'not known', 'text-faint', 'nothing was sent yet']
  const when = relativeTime(last.finishedAt, now)
  return state === 'reached'
    ? ['Connectivity', 'reached', 'text-ok', `answered ${last.status ?? ''} ${when}`]
    : ['Connectivity', 'not reached', 'text-fail', `${last.failure?.title ?? 'no answer'}, ${when}`]
}

function suppression({
  state,
  seen,
  suppressed,
  types,
}: HealthView['filterSuppression']): readonly [string, string, string, string?] {
  const name = 'Filter'
  if (state === 'insufficient_data') return [name, 'no event yet', 'text-faint']
  if (state === 'none') return [name, 'keeps nothing back', 'text-ok', `of ${plural(seen, 'event')}`]
  const most = types.map(({ type, count }) => `${type} ${formatCount(count)}`).join(', ')
  const words = `${formatCount(suppressed)} of ${plural(seen, 'event')} kept back${most === '' ? '' : ':'}`
  return [name, words, state === 'all' ? 'text-retry' : 'text-text', most]
}
