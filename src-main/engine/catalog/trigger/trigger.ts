import { AppError } from '#shared/model/app-error.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { newDelivery } from '../../delivery/new-delivery.ts'
import { presetOf, TARGET_POLICY } from '../../delivery/policies.ts'
import { checkTargetUrl } from '../../endpoints/endpoint-config.ts'
import type { SigningSecrets } from '../../endpoints/signing-secrets.ts'
import type { Change, EndpointsApi } from '../../engine.ts'
import type { Feed } from '../../feed.ts'
import type { AddressGuard, Clock, Ids, Random, SenderStore } from '../../ports.ts'
import type { SecretKeeper } from '../../secrets/secret-keeper.ts'
import { sha256Hex } from '../../signing/digest.ts'
import { checkSecret, newSecret } from '../../signing/secret.ts'
import type { Catalog } from '../catalog.ts'
import type { TriggerApi, TriggerInput } from '../catalog-api.ts'
import type { Provider } from '../provider.ts'
import { type ComposedMessage, composeMessage } from './compose-message.ts'

export interface TriggerDeps {
  store: SenderStore
  catalog: Pick<Catalog, 'resolve'>
  endpoints: Pick<EndpointsApi, 'resolve'>
  signingSecrets: Pick<SigningSecrets, 'open'>
  keeper: SecretKeeper
  clock: Clock
  ids: Ids
  random: Random
  guard: AddressGuard
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

/** Sends catalog events as their providers would. */
export function createTrigger(deps: TriggerDeps): TriggerApi {
  const { store, catalog, clock, ids, random, changes } = deps

  return async (projectId, input) => {
    const provider = catalog.resolve(projectId, input.provider)
    const known = eventTypeOf(provider, input.type)
    const endpoint = targetEndpoint(deps, projectId, input)
    const secret = await chooseSecret(deps, { provider, endpoint, given: input.secret })
    const policy = presetOf(provider.policy) ?? TARGET_POLICY
    const now = clock.now()
    const id = ids.next('evt')
    const { encoding } = endpoint?.version.config.policy ?? policy
    const message = composeMessage(
      { provider, type: input.type, sample: known.sample, data: input.data, encoding },
      { nowMs: now, messageId: id, random },
    )
    const event = triggeredEvent(message, { id, projectId, type: input.type, provider: provider.id, receivedAt: now })
    const sender = { id: ids.next('snd'), provider: provider.id, policy: policy.preset }
    const sealed = secret.own === null ? null : await deps.keeper.seal({ senderId: sender.id, projectId }, secret.own)
    const to = endpoint ? { endpointId: endpoint.id } : { url: input.url ?? '' }
    const delivery = await store.trigger({
      sender: { ...sender, projectId, sealed, createdAt: now },
      event,
      body: message.body,
      delivery: newDelivery({ event, to, replay: null, sender }, { ids, now }),
    })
    if (!delivery) throw new AppError('not_found', 'The endpoint was deleted meanwhile.', { field: 'endpointId' })
    changes.publish({ type: 'event.captured', projectId, event, findings: NO_FINDINGS, deliveries: [delivery] })
    deps.onScheduled([delivery])
    return { event, delivery, secret: secret.made }
  }
}

function eventTypeOf({ id, eventTypes }: Provider, type: string): Provider['eventTypes'][number] {
  const known = eventTypes.find(({ name }) => name === type)
  if (known) return known
  throw new AppError('not_found', `“${id}” has no event type “${type.slice(0, 60)}”.`, {
    field: 'type',
    hint:
      eventTypes.length > 0
        ? `It has ${eventTypes.map(({ name }) => name).join(', ')}; POST /api/v1/event-types adds others.`
        : 'POST /api/v1/event-types adds one.',
  })
}

/** Null where a bare URL is meant. Throws `AppError` unless just one of both is given and may be sent to. */
function targetEndpoint({ endpoints, guard }: TriggerDeps, projectId: ProjectId, input: TriggerInput): Endpoint | null {
  if ((input.url === undefined) === (input.endpointId === undefined)) {
    throw new AppError('invalid_request', 'A triggered event goes to a URL or to an endpoint.', {
      field: 'url',
      hint: 'Give either url or endpointId.',
    })
  }
  if (input.endpointId !== undefined) return endpoints.resolve(projectId, input.endpointId)
  checkTargetUrl(input.url ?? '', 'url', guard)
  return null
}

/**
 * What signs: `own` is kept with the sender, `made` is told this once. Both are null where the endpoint's own secrets sign,
 * or nobody does.
 */
async function chooseSecret(
  { signingSecrets, random }: TriggerDeps,
  { provider, endpoint, given }: { provider: Provider; endpoint: Endpoint | null; given: string | undefined },
): Promise<{ own: string | null; made: string | null }> {
  const { signing: scheme, name } = provider
  if (!scheme) {
    if (given === undefined) return { own: null, made: null }
    throw new AppError('invalid_request', `${name} does not sign, so a secret would not be used.`, {
      field: 'secret',
      hint: 'Leave the secret out.',
    })
  }
  if (given !== undefined) {
    const problem = checkSecret(scheme, given)
    if (problem) throw new AppError('invalid_request', problem, { field: 'secret' })
    return { own: given, made: null }
  }
  if (!endpoint) {
    const made = newSecret(scheme, random)
    return { own: made, made }
  }
  const active = await signingSecrets.open(endpoint)
  if (active.some(({ text }) => checkSecret(scheme, text) === null)) return { own: null, made: null }
  throw new AppError('invalid_request', `This endpoint has no secret that ${name} can sign with.`, {
    field: 'secret',
    hint: 'Give the secret that the receiver verifies with.',
  })
}

function triggeredEvent(
  { body, contentType, headers }: ComposedMessage,
  own: Pick<EventRecord, 'id' | 'projectId' | 'type' | 'provider' | 'receivedAt'>,
): EventRecord {
  return {
    ...own,
    sourceId: null,
    origin: 'triggered',
    editedFrom: null,
    capture: 'complete',
    captureNote: null,
    method: 'POST',
    path: '/',
    query: null,
    httpVersion: '1.1',
    headers: [['Content-Type', contentType], ['User-Agent', 'Hookloop'], ...headers],
    trailers: [],
    contentType,
    bodySha256: sha256Hex(body),
    bodySizeBytes: body.length,
    declaredSizeBytes: null,
    remoteAddress: null,
    hops: 0,
  }
}
