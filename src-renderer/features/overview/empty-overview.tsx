import { Link } from '@tanstack/react-router'
import type { OverviewRange } from '#shared/model/overview.ts'
import { EmptyState } from '../../ui/feedback/states.tsx'
import { RANGE_WORDS } from './overview-words.ts'

/** Says what will be seen here, and how to come to it. */
export function EmptyOverview({ range }: { range: OverviewRange }) {
  return (
    <EmptyState title={`Nothing was delivered in the last ${RANGE_WORDS[range]}`}>
      <p className="text-muted">
        As soon as events go to an endpoint, this page draws how deliveries end over time, how long receivers take to
        answer, the success rate of each endpoint, and what waits.
      </p>
      <p>
        <Link
          to="/endpoints/$endpointId"
          params={{ endpointId: 'new' }}
          className="text-accent underline underline-offset-2"
        >
          Create an endpoint
        </Link>{' '}
        <span className="text-muted">
          to have events sent to it, or look further back: figures are kept for more than a year.
        </span>
      </p>
    </EmptyState>
  )
}
