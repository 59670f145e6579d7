import { Link } from '@tanstack/react-router'

const LOOK = 'flex h-6 shrink-0 items-center rounded px-2 text-small text-muted hover:text-text'
const CURRENT = 'bg-raise text-text'

/** What was done, or what it can be done with. */
export function ActivityTabs({ current }: { current: 'log' | 'credentials' }) {
  return (
    <nav aria-label="Activity" className="flex shrink-0 gap-0.5">
      <Link to="/activity" className={`${LOOK} ${current === 'log' ? CURRENT : ''}`}>
        Log
      </Link>
      <Link to="/activity/credentials" className={`${LOOK} ${current === 'credentials' ? CURRENT : ''}`}>
        Credentials
      </Link>
    </nav>
  )
}
