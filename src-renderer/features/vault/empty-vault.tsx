import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/feedback/states.tsx'

export function EmptyVault() {
  return (
    <EmptyState title="No secret yet">
      <p className="text-muted">
        The vault holds what signs your deliveries, and the tokens that stand as{' '}
        <span className="mono text-text">{'{secret.name}'}</span> in an endpoint’s URL and headers. Values are sealed
        the moment they come in: nothing here, in logs or in exports shows them.
      </p>
      <p className="text-muted">
        A value can be looked at one time more, and everybody sees who did. Keep what you need elsewhere when it is
        shown.
      </p>
      <p>
        <Link to="/endpoints" className="text-accent underline underline-offset-2">
          Create an endpoint
        </Link>{' '}
        and its signing secret is here.
      </p>
    </EmptyState>
  )
}
