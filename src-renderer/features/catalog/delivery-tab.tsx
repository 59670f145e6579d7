import { useQuery } from '@tanstack/react-query'
import type { ProviderDetail } from '#shared/contract/catalog/providers.ts'
import { useApi } from '../../platform/api/session.ts'
import { policyWords } from '../../ui/format/policy-words.ts'
import { formatSpan } from '../../ui/format/time.ts'
import { PolicyForecast } from '../../ui/policy/policy-forecast.tsx'

/** How the provider delivers: its deadline and retries, drawn and in words. */
export function DeliveryTab({ provider }: { provider: ProviderDetail }) {
  const { policy, resend } = provider
  return (
    <div className="flex min-h-0 grow flex-col gap-3 overflow-y-auto px-4 py-3">
      {policy === null ? <Unknown deadlineMs={provider.deadlineMs} /> : <Preset id={policy} />}
      {resend !== null && (
        <section aria-label="Sending again">
          <h2 className="pb-1 text-small font-medium">To have it sent again</h2>
          <p>{resend}</p>
        </section>
      )}
    </div>
  )
}

function Unknown({ deadlineMs }: { deadlineMs: number | null }) {
  return (
    <p className="text-muted">
      {deadlineMs === null
        ? 'How often this sender tries, and how long it waits, is not known.'
        : `This sender waits ${formatSpan(deadlineMs)} for an answer; how often it tries is not known.`}{' '}
      What you send as this provider is tried once.
    </p>
  )
}

function Preset({ id: preset }: { id: string }) {
  const presets = useQuery(useApi().system.policies.queryOptions()).data?.items ?? []
  const found = presets.find(({ id }) => id === preset)
  if (found === undefined) return null
  const { description, facts, policy } = found
  return (
    <>
      <p>{description}</p>
      <section aria-label="Tries" className="flex flex-col gap-1.5 rounded-md border border-line px-3 py-2">
        <PolicyForecast policy={preset} />
        <ul className="flex flex-col gap-0.5 text-small text-muted">
          {policyWords(policy).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <p className="text-small break-words text-muted">
        From {facts.source}, checked on {facts.checkedOn}.
        {facts.unconfirmed && <span className="text-retry"> Parts of this are unconfirmed.</span>}
      </p>
    </>
  )
}
