import type { Delivery, Trigger } from '#shared/model/delivery.ts'
import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import type { EndpointVersionId } from '#shared/model/ids.ts'
import type { Policy } from '#shared/model/policy.ts'
import { integrationType } from '../../integrations/integration-types.ts'
import { policyOfTarget } from '../failure-notification.ts'
import type { LaneDirectory } from './deps.ts'

type Addressing = Pick<
  EndpointConfig,
  'url' | 'method' | 'headers' | 'forwardPath' | 'transformation' | 'tls' | 'kind' | 'settings'
>

/** Where one attempt goes and how, as the configuration stood when it was claimed. */
export interface Destination extends Addressing {
  /** Null for a bare URL. */
  endpoint: Endpoint | null
  /** The version that the request is built from: the endpoint's, or the one that the delivery is bound to. */
  versionId: EndpointVersionId | null
  policy: Policy
  /** The id of the provider that signs, `none` for nobody. */
  signer: string
  /** Everything but the send. */
  testMode: boolean
}

/**
 * Null where nothing may be sent now: its endpoint is paused or was deleted. A bound delivery goes where its version says;
 * rules, secrets and test mode are the endpoint's own of now.
 */
export function destinationOf(
  { delivery, trigger }: { delivery: Delivery; trigger: Trigger },
  directory: Pick<LaneDirectory, 'endpoint' | 'pinnedVersion'>,
): Destination | null {
  if (delivery.endpointId === null) return bareTarget(delivery)
  const endpoint = directory.endpoint(delivery.endpointId)
  if (!endpoint || !mayServe(endpoint, trigger)) return null
  const { policy, provider, testMode } = endpoint.version.config
  const pinned = delivery.pinnedVersionId && directory.pinnedVersion(delivery.pinnedVersionId)
  const { id: versionId, config } = pinned || endpoint.version
  const { url, method, headers, forwardPath, tls, kind, settings } = config
  const transformation = config.transformation ?? (kind && integrationType(kind).mapping)
  const addressing = { url, method, headers, forwardPath, transformation, tls, kind, settings }
  const signer = delivery.sender?.provider ?? provider ?? policy.provider
  return { ...addressing, endpoint, versionId, policy, signer, testMode }
}

function bareTarget(delivery: Delivery): Destination {
  const policy = policyOfTarget(delivery)
  return {
    endpoint: null,
    versionId: null,
    url: delivery.targetUrl ?? '',
    method: null,
    headers: [],
    forwardPath: false,
    transformation: null,
    tls: { verify: true, ca: null },
    kind: null,
    settings: {},
    policy,
    signer: delivery.sender?.provider ?? 'none',
    testMode: false,
  }
}

/** A pause by the breaker lets its probe through, no other does. */
function mayServe({ state, pausedReason }: Endpoint, trigger: Trigger): boolean {
  return state === 'active' || (trigger === 'probe' && pausedReason === 'breaker')
}
