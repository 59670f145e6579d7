import { useQuery } from '@tanstack/react-query'
import type { EventDetail } from '#shared/contract/events.ts'
import { useApi } from '../../../platform/api/session.ts'
import { VerificationCode } from '../../../ui/snippets/verification-code.tsx'
import { NoVerdict } from '../verdict/no-verdict.tsx'

/** Code that verifies this very request: by the scheme after which it was judged, or that its source has now. */
export function CodeTab({ event }: { event: EventDetail }) {
  const api = useApi()
  const sources = useQuery(api.sources.list.queryOptions({ input: {} })).data?.items
  const providers = useQuery(api.catalog.providers.list.queryOptions({ input: {} })).data?.items
  if (sources === undefined || providers === undefined) return null
  const source = sources.find(({ id }) => id === event.sourceId)
  const scheme = event.verdict?.provider ?? source?.provider ?? event.provider
  const provider = providers.find(({ id }) => id === scheme)
  if (provider?.signs !== true) {
    return (
      <div className="px-4 py-3">
        <NoVerdict event={event} source={source} provider={provider} />
      </div>
    )
  }
  return (
    <>
      <p className="shrink-0 px-4 pt-2 text-small text-muted">
        Verifies this request as {provider.name} signs it: give it the raw body (download it under Payload), the headers
        as they came, and the secret.
      </p>
      <VerificationCode id={provider.id} name={provider.name} />
    </>
  )
}
