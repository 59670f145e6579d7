import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApi } from '../../platform/api/session.ts'
import { EmptyState } from '../../ui/feedback/states.tsx'

/** Says what is missing for a delivery to come about. */
export function EmptyDeliveries() {
  const endpoints = useQuery(useApi().endpoints.list.queryOptions({ input: {} })).data?.items
  return (
    <EmptyState title="Nothing delivered yet">
      <p className="text-muted">
        A delivery is one event on its way to one endpoint. It is signed, tried, and tried again as the endpoint’s
        policy says; each try is kept here with its answer and its timings.
      </p>
      {endpoints?.length === 0 ? (
        <p>
          There is no endpoint yet.{' '}
          <Link to="/endpoints/$endpointId" params={{ endpointId: 'new' }} className="text-accent underline">
            Create one
          </Link>
          , then send something to a source.
        </p>
      ) : (
        <p>
          An endpoint is there. Send something to a source, or{' '}
          <Link to="/inbox" className="text-accent underline">
            replay an event
          </Link>
          .
        </p>
      )}
    </EmptyState>
  )
}
