import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { EventDetail } from '#shared/contract/events.ts'
import { useApi } from '../../../platform/api/session.ts'
import { plural } from '../../../ui/format/size.ts'
import { shortId } from '../../../ui/layout/detail-pane.tsx'
import { DiagnosisSection } from '../verdict/diagnosis-section.tsx'
import { NoVerdict } from '../verdict/no-verdict.tsx'
import { proofRows } from '../verdict/proof-rows.ts'
import { ProofTable } from '../verdict/proof-table.tsx'
import { VerdictBox } from '../verdict/verdict-box.tsx'

/** What a request proves: its verdict in words, what its signature consists of, and whether it came before. */
export function VerifyTab({ event }: { event: EventDetail }) {
  const api = useApi()
  const sources = useQuery(api.sources.list.queryOptions({ input: {} })).data?.items
  const providers = useQuery(api.catalog.providers.list.queryOptions({ input: {} })).data?.items
  if (sources === undefined || providers === undefined) return null
  const source = sources.find(({ id }) => id === event.sourceId)
  const providerOf = (id: string | null | undefined) => providers.find((provider) => provider.id === id)
  const { verdict } = event
  const judgedBy = providerOf(verdict?.provider)
  const sender = judgedBy?.name ?? verdict?.provider ?? ''
  return (
    <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-3">
      {verdict === null ? (
        <NoVerdict event={event} source={source} provider={providerOf(source?.provider)} />
      ) : (
        <VerdictBox verdict={verdict} sender={sender} sourceId={source?.id ?? null} />
      )}
      {verdict?.verdict === 'invalid' && <DiagnosisSection eventId={event.id} />}
      {judgedBy !== undefined && <ProofTable sender={sender} rows={proofRows(judgedBy.proof, event)} />}
      <MessageWords event={event} />
    </div>
  )
}

/** The sender's own id, and which events brought the same message. */
function MessageWords({ event }: { event: EventDetail }) {
  const { messageId, duplicateOf, repeats, verdict } = event
  if (messageId === null) return null
  return (
    <section aria-label="Message" className="flex flex-col gap-1">
      <h2 className="text-small font-medium">Message</h2>
      <p>
        Its sender calls it <span className="mono break-all">{messageId}</span>.
      </p>
      {duplicateOf !== null && (
        <p>
          It came before:{' '}
          <Link
            to="/inbox/$eventId"
            params={{ eventId: duplicateOf }}
            search={true}
            className="mono text-accent underline"
          >
            {shortId(duplicateOf)}
          </Link>{' '}
          brought it first. Senders send again when an answer does not reach them.
        </p>
      )}
      {repeats > 0 && <p>It came again {plural(repeats, 'time')} since.</p>}
      {verdict?.verdict === 'invalid' && (
        <p className="text-muted">
          What does not verify counts neither as the first nor as a repeat of a message: anybody could name this id.
        </p>
      )}
    </section>
  )
}
