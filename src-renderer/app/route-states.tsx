import { Link } from '@tanstack/react-router'
import { ErrorState } from '../ui/feedback/states.tsx'

export function RouteError({ error, reset }: { error: unknown; reset: () => void }) {
  return <ErrorState title="This screen stopped working" error={error} onRetry={reset} />
}

export function RouteMissing() {
  return (
    <p className="p-6 text-muted">
      There is nothing at this address.{' '}
      <Link to="/inbox" className="text-accent underline">
        Go to the Inbox
      </Link>
    </p>
  )
}
