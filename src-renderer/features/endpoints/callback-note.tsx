import { Link } from '@tanstack/react-router'

/** Why the endpoint of a callback cannot be changed here. */
export function CallbackNote() {
  return (
    <p className="border-b border-line px-4 py-3 text-muted">
      The callback of this project or account keeps this endpoint: its URL, headers and policy follow it.{' '}
      <Link
        to="/settings/$section"
        params={{ section: 'callbacks' }}
        className="text-accent underline underline-offset-2"
      >
        Change the callback
      </Link>
    </p>
  )
}
