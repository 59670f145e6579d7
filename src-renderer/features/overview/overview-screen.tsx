import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { OverviewView } from '#shared/contract/stats/overview.ts'
import { OverviewRange } from '#shared/model/overview.ts'
import { useApi } from '../../platform/api/session.ts'
import { Choice } from '../../ui/controls/choice.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { rateWords, successTone } from '../../ui/format/rate.ts'
import { formatCount } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { AnswerTimePanel } from './panels/answer-time-panel.tsx'
import { BacklogPanel } from './panels/backlog-panel.tsx'
import { EndpointPanel } from './panels/endpoint-panel.tsx'
import { OutcomePanel } from './panels/outcome-panel.tsx'
import { EmptyOverview } from './empty-overview.tsx'
import { hasAnything, RANGE_WORDS, rangeOf } from './overview-words.ts'

/** Time passes also while nothing happens. */
const READ_AGAIN_MS = 30_000

/** How deliveries go, for whoever looks rather than reads. */
export function OverviewScreen() {
  const navigate = useNavigate({ from: '/overview' })
  const range = rangeOf(useSearch({ from: '/overview' }).range)
  const shown = useQuery(
    useApi().overview.queryOptions({
      input: { range },
      placeholderData: keepPreviousData,
      refetchInterval: READ_AGAIN_MS,
    }),
  )
  return (
    <>
      <Bar label="Overview">
        <span className="text-muted">The last</span>
        <Choice
          label="How far back"
          value={range}
          options={OverviewRange.options.map((value) => ({ value, label: RANGE_WORDS[value] }))}
          onChange={(next) => void navigate({ to: '/overview', search: { range: next }, replace: true })}
        />
        <span className="grow" />
        {shown.data !== undefined && <Totals overview={shown.data} />}
      </Bar>
      {shown.isPending ? (
        <SkeletonRows rows={8} />
      ) : shown.data === undefined ? (
        <ErrorState title="The overview could not be read" error={shown.error} onRetry={() => void shown.refetch()} />
      ) : hasAnything(shown.data) ? (
        <Panels overview={shown.data} />
      ) : (
        <EmptyOverview range={range} />
      )}
    </>
  )
}

function Totals({ overview: { totals } }: { overview: OverviewView }) {
  if (totals.successRate.sampleSize === 0) return null
  return (
    <span className="truncate">
      <span className={successTone(totals.successRate)}>{rateWords(totals.successRate)} delivered</span>
      {totals.failed > 0 && <span className="text-fail"> · {formatCount(totals.failed)} failed for good</span>}
    </span>
  )
}

function Panels({ overview }: { overview: OverviewView }) {
  return (
    <div className="@container min-h-0 grow overflow-y-auto">
      <div className="grid grid-cols-2 divide-line @max-3xl:grid-cols-1 [&>*]:border-b [&>*]:border-line @3xl:[&>*:nth-child(odd)]:border-r">
        <OutcomePanel overview={overview} />
        <AnswerTimePanel overview={overview} />
        <EndpointPanel overview={overview} />
        <BacklogPanel overview={overview} />
      </div>
    </div>
  )
}
