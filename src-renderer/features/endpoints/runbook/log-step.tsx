import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Flag } from 'lucide-react'
import { useState } from 'react'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { LogEntryView } from '#shared/contract/operations/endpoint-operations.ts'
import { useApi, useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { OUTCOME_TONES } from '../../../ui/delivery/delivery-words.ts'
import { ErrorState, SkeletonRows } from '../../../ui/feedback/states.tsx'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'
import { formatTook, fullTime, listTime } from '../../../ui/format/time.ts'
import { useNow } from '../../../ui/format/use-now.ts'
import { Step } from './step.tsx'

const PAGE = 10
/** Columns that give way where the pane is narrow. */
const WIDE_ONLY = '@max-md:hidden'

/** Its attempts, newest first; those of a watch period wait for somebody to look at them. */
export function LogStep({ endpoint }: { endpoint: EndpointView }) {
  const api = useApi()
  const [offset, setOffset] = useState(0)
  const projects = useQuery(api.projects.list.queryOptions({ input: undefined })).data
  const siteId = projects?.items.find(({ id }) => id === endpoint.projectId)?.siteId ?? ''
  const input = { siteId, webhookId: endpoint.id, limit: PAGE, offset }
  const log = useQuery(api.integrations.webhookLogs.queryOptions({ input, enabled: siteId !== '' }))
  const flagged = useQuery(api.operations.health.queryOptions({ input: { id: endpoint.id } })).data?.flagged ?? 0
  return (
    <Step
      number={4}
      title="Logs"
      state={flagged > 0 ? `${plural(flagged, 'attempt')} to review` : watchWords(endpoint)}
      tone={flagged > 0 ? 'text-retry' : 'text-muted'}
      actions={flagged > 0 && <Review endpoint={endpoint} />}
    >
      {log.data === undefined ? (
        log.isError ? (
          <ErrorState title="The log could not be read" error={log.error} onRetry={() => void log.refetch()} />
        ) : (
          <SkeletonRows rows={3} />
        )
      ) : log.data.total === 0 ? (
        <p className="text-muted">Nothing was sent yet. A test, or the first event that it takes, stands here.</p>
      ) : (
        <>
          <Lines items={log.data.items} />
          {log.data.total > PAGE && <Pager total={log.data.total} offset={offset} onMove={setOffset} />}
        </>
      )}
    </Step>
  )
}

function watchWords({ watch }: EndpointView): string | undefined {
  if (watch.review !== null) return `reviewed by ${watch.review.actor}`
  return watch.isOpen ? `watched until ${fullTime(watch.until)}` : undefined
}

function Review({ endpoint: { id } }: { endpoint: EndpointView }) {
  const { api, queries } = useSession()
  const review = useMutation(
    api.operations.review.mutationOptions({
      onSuccess: async () => {
        showDone('Marked as reviewed.')
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.endpoints.key() }),
          queries.invalidateQueries({ queryKey: api.operations.key() }),
          queries.invalidateQueries({ queryKey: api.integrations.key() }),
        ])
      },
      onError: showError,
    }),
  )
  return (
    <Button disabled={review.isPending} onClick={() => review.mutate({ id })}>
      <Flag size={12} /> Mark as reviewed
    </Button>
  )
}

function Lines({ items }: { items: readonly LogEntryView[] }) {
  const now = useNow()
  return (
    <table aria-label="Attempts" className="w-full table-fixed border-collapse">
      <thead className="text-left text-mini text-faint">
        <tr>
          <th className="w-18 font-normal">time</th>
          <th className="font-normal">event</th>
          <th className={`w-20 font-normal ${WIDE_ONLY}`}>trigger</th>
          <th className="w-28 font-normal">outcome</th>
          <th className={`w-16 text-right font-normal ${WIDE_ONLY}`}>took</th>
          <th className="w-20 text-right font-normal">review</th>
        </tr>
      </thead>
      <tbody>
        {items.map((entry) => (
          <tr key={entry.id} className="h-7 border-t border-line/55">
            <td className="text-muted" title={fullTime(entry.startedAt)}>
              {listTime(entry.startedAt, now)}
            </td>
            <td className="truncate pr-2">
              <Link
                to="/deliveries/$deliveryId"
                params={{ deliveryId: entry.deliveryId }}
                className="text-accent underline underline-offset-2"
              >
                {entry.eventType}
              </Link>
            </td>
            <td className={`text-muted ${WIDE_ONLY}`}>{entry.trigger}</td>
            <td className={`truncate ${OUTCOME_TONES[entry.outcome].text}`} title={entry.failure?.explanation}>
              {outcomeWords(entry)}
            </td>
            <td className={`text-right text-muted ${WIDE_ONLY}`}>{formatTook(entry.durationMs)}</td>
            <td className="text-right">
              {entry.flagged && (
                <span className="inline-flex items-center gap-1 text-retry">
                  <Flag aria-hidden="true" size={11} /> flagged
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function outcomeWords({ outcome, status, failure }: LogEntryView): string {
  if (outcome === 'succeeded') return `answered ${status ?? ''}`
  if (outcome === 'failed') return status === null ? (failure?.title ?? 'failed') : `failed, ${status}`
  return outcome
}

function Pager({ total, offset, onMove }: { total: number; offset: number; onMove: (offset: number) => void }) {
  return (
    <div className="flex items-center gap-1.5 text-small text-muted">
      <span className="mr-auto">
        {offset + 1}–{Math.min(total, offset + PAGE)} of {plural(total, 'attempt')}
      </span>
      <Button disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - PAGE))}>
        Newer
      </Button>
      <Button disabled={offset + PAGE >= total} onClick={() => onMove(offset + PAGE)}>
        Older
      </Button>
    </div>
  )
}
