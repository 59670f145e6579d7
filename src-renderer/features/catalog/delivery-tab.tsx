import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../platform/api/session.ts'
import { policyWords } from '../../ui/format/policy-words.ts'
import { PolicyForecast } from '../../ui/policy/policy-forecast.tsx'

/** How the provider delivers: its deadline and retries, drawn and in words. */
export function DeliveryTab({ preset }: { preset: string | null }) {
  const presets = useQuery(useApi().system.policies.queryOptions()).data?.items ?? []
  const found = presets.find(({ id }) => id === preset)
  if (preset === null) {
    return (
      <p className="px-4 py-3 text-muted">
        How often this sender tries, and how long it waits, is not known. What you send as this provider is tried once.
      </p>
    )
  }
  if (found === undefined) return null
  const { description, facts, policy } = found
  return (
    <div className="flex min-h-0 grow flex-col gap-3 overflow-y-auto px-4 py-3">
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
    </div>
  )
}
