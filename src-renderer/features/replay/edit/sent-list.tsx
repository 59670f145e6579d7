import { Link } from '@tanstack/react-router'
import { clockTime, fullTime } from '../../../ui/format/time.ts'

export interface Sent {
  replayId: string
  /** The event that was sent: of its own where something was edited. */
  eventId: string
  at: string
}

const LINK = 'text-accent underline underline-offset-2'

/** What went out from here, newest first. */
export function SentList({ sent, originalId }: { sent: readonly Sent[]; originalId: string }) {
  if (sent.length === 0) return null
  return (
    <section aria-label="Sent from here" className="flex flex-col gap-1">
      <h2 className="text-small font-medium">Sent from here</h2>
      <ul className="flex flex-col gap-1 text-small">
        {sent.map(({ replayId, eventId, at }) => (
          <li key={replayId} className="flex flex-wrap items-baseline gap-x-3">
            <span className="text-muted" title={fullTime(at)}>
              {clockTime(at)}
            </span>
            <Link to="/inbox/$eventId" params={{ eventId }} search={{ tab: 'deliveries' }} className={LINK}>
              Its event
            </Link>
            {eventId !== originalId && (
              <Link to="/compare" search={{ left: originalId, right: eventId }} className={LINK}>
                Compare with the original
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
