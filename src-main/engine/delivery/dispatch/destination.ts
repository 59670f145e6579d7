import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { LaneDirectory } from './deps.ts'
import { TARGET_POLICY } from '../policies.ts'

/** Where one attempt goes and how, as the configuration stood when it was claimed. */
export interface Destination {
  /** Null for a bare URL. */
  endpoint: Endpoint | null
  url: string
  headers: HeaderList
  forwardPath: boolean
  policy: Policy
  /** The id of the provider that signs, `none` for nobody. */
  signer: string
}

/** Null where nothing may be sent now: its endpoint is paused or was deleted. */
export function destinationOf(delivery: Delivery, directory: Pick<LaneDirectory, 'endpoint'>): Destination | null {
  if (delivery.endpointId === null) {
    return {
      endpoint: null,
      url: delivery.targetUrl ?? '',
      headers: [],
      forwardPath: false,
      policy: TARGET_POLICY,
      signer: TARGET_POLICY.provider,
    }
  }
  const endpoint = directory.endpoint(delivery.endpointId)
  if (endpoint?.state !== 'active') return null
  const { url, headers, forwardPath, policy, provider } = endpoint.version.config
  return { endpoint, url, headers, forwardPath, policy, signer: provider ?? policy.provider }
}
