import { useMutation, useQuery } from '@tanstack/react-query'
import { Bell, Check } from 'lucide-react'
import type { AlertView } from '#shared/contract/alerts/alerts.ts'
import { useSession } from '../../platform/api/session.ts'
import { Button } from '../../ui/controls/button.tsx'
import { StateMark } from '../../ui/delivery/state-mark.tsx'
import { ErrorState } from '../../ui/feedback/states.tsx'
import { showError } from '../../ui/feedback/toast.tsx'
import { formatWait, fullTime, relativeTime } from '../../ui/format/time.ts'
import { useNow } from '../../ui/format/use-now.ts'
import { measuredWords } from './alert-words.ts'

const CELL = 'truncate px-2 py-1 text-left font-normal first:pl-3 last:pr-3'

/** What was raised, newest first: of one rule, or of all. */
export function AlertHistory({ ruleId }: { ruleId: string | null }) {
  const { api } = useSession()
  const history = useQuery(
    api.alerts.history.queryOptions({ input: { limit: 50, ...(ruleId !== null && { ruleId }) } }),
  )
  if (history.error !== null && history.data === undefined) {
    return (
      <ErrorState title="The history could not be read" error={history.error} onRetry={() => void history.refetch()} />
    )
  }
  const items = history.data?.items ?? []
  if (items.length === 0) return <p className="px-3 py-2 text-muted">{history.isPending ? '' : 'Never raised yet.'}</p>
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">Alerts that were raised</caption>
      <thead className="bg-panel text-mini text-faint">
        <tr>
          <th scope="col" className={`${CELL} w-24`}>
            state
          </th>
          <th scope="col" className={CELL}>
            {ruleId === null ? 'alert' : 'found'}
          </th>
          <th scope="col" className={`${CELL} w-28 @max-lg:hidden`}>
            raised
          </th>
          <th scope="col" className={`${CELL} w-30 text-right`}>
            seen
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((alert) => (
          <OneAlert key={alert.id} alert={alert} hasName={ruleId === null} />
        ))}
      </tbody>
    </table>
  )
}

function OneAlert({ alert, hasName }: { alert: AlertView; hasName: boolean }) {
  const nowAt = useNow()
  const { kind, raisedAt, resolvedAt, acknowledgedAt, acknowledgedBy } = alert
  const lasted = resolvedAt === null ? null : formatWait(Date.parse(resolvedAt) - Date.parse(raisedAt))
  const found = measuredWords(kind, alert)
  return (
    <tr className="border-t border-line/55">
      <td className={CELL}>
        {resolvedAt === null ? (
          <StateMark look={{ word: 'raised', icon: Bell, tone: 'text-fail' }} />
        ) : (
          <StateMark look={{ word: 'resolved', icon: Check, tone: 'text-ok' }} />
        )}
      </td>
      <td className={CELL} title={`${alert.name}: ${found}`}>
        {hasName && `${alert.name}: `}
        <span className="text-muted">{found}</span>
      </td>
      <td className={`${CELL} text-muted @max-lg:hidden`} title={fullTime(raisedAt)}>
        {relativeTime(raisedAt, nowAt)}
        {lasted !== null && <span className="sr-only">, lasted {lasted}</span>}
      </td>
      <td className={`${CELL} text-right`}>
        {acknowledgedAt === null ? (
          <Acknowledge alert={alert} />
        ) : (
          <span className="text-muted" title={fullTime(acknowledgedAt)}>
            by {acknowledgedBy}
          </span>
        )}
      </td>
    </tr>
  )
}

function Acknowledge({ alert: { id, name } }: { alert: AlertView }) {
  const { api, queries } = useSession()
  const acknowledge = useMutation(
    api.alerts.acknowledge.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.alerts.key() }),
      onError: showError,
    }),
  )
  return (
    <Button
      aria-label={`Acknowledge ${name}`}
      disabled={acknowledge.isPending}
      onClick={() => acknowledge.mutate({ id })}
    >
      Acknowledge
    </Button>
  )
}
