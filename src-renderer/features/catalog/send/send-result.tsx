import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApi } from '../../../platform/api/session.ts'
import { Standing } from '../../../ui/delivery/standing.tsx'
import { TimeLine } from '../../../ui/delivery/time-line.tsx'
import { Why } from '../../../ui/delivery/why.tsx'
import { CodeLine } from '../../../ui/feedback/code-line.tsx'

/** What becomes of what was sent, as it happens, and its secret where one was made. */
export function SendResult({ sent }: { sent: { eventId: string; deliveryId: string; secret: string | null } }) {
  const api = useApi()
  const input = { id: sent.deliveryId }
  const delivery = useQuery(api.deliveries.get.queryOptions({ input })).data
  const attempts = useQuery(api.deliveries.attempts.queryOptions({ input })).data?.items ?? []
  const lastAttempt = attempts.at(-1)
  return (
    <section aria-label="Sent" className="flex flex-col gap-2 border-t border-line pt-3">
      {sent.secret !== null && (
        <>
          <p>
            This secret was made for it. Give it to your receiver; it stands above for the next send, and is not shown
            again.
          </p>
          <CodeLine text={sent.secret} label="Copy the secret" />
        </>
      )}
      {delivery !== undefined && (
        <>
          <p className="flex items-center gap-3">
            <Standing delivery={delivery} lastAttempt={lastAttempt} />
            <Link
              to="/deliveries/$deliveryId"
              params={{ deliveryId: sent.deliveryId }}
              className="ml-auto text-accent underline underline-offset-2"
            >
              Show the delivery
            </Link>
            <Link
              to="/inbox/$eventId"
              params={{ eventId: sent.eventId }}
              className="text-muted underline underline-offset-2"
            >
              Show the event
            </Link>
          </p>
          <TimeLine delivery={delivery} attempts={attempts} forecast={delivery.forecast} />
          <Why delivery={delivery} lastAttempt={lastAttempt} triesLeft={delivery.forecast.length} />
        </>
      )}
    </section>
  )
}
