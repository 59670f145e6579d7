import { Link } from '@tanstack/react-router'

const LINK =
  'rounded px-2 py-0.5 text-small text-muted hover:text-text data-[status=active]:bg-raise data-[status=active]:text-text'

/** Plain endpoints on one side, integrations of a known kind on the other. */
export function EndpointKinds() {
  return (
    <nav aria-label="Kinds of endpoints" className="flex items-center gap-1">
      <Link to="/endpoints" className={LINK}>
        All endpoints
      </Link>
      <Link to="/integrations" className={LINK}>
        Integrations
      </Link>
    </nav>
  )
}
