import type { Delivery } from '#shared/model/delivery.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { ReplayId } from '#shared/model/ids.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import type { ClaimedDelivery } from '../../ports/delivery-store.ts'
import type { TransportRequest } from '../../ports/transport.ts'
import { VaultLockedError } from '../../ports/vault.ts'
import type { DispatcherDeps, SigningSecret } from '../dispatch/deps.ts'
import type { Destination } from '../dispatch/destination.ts'
import type { Patiently } from '../dispatch/store-patience.ts'
import type { SigningScheme } from '../../signing/scheme.ts'
import { checkSecret } from '../../signing/secret.ts'
import { carriesSeveral } from '../../signing/sign.ts'
import { createSecretMask, type SecretMask } from '../masking/mask-secrets.ts'
import { buildRequest, type BuildInput } from './build-request.ts'
import { messageBody } from './message-body.ts'
import { onceFor } from './once-for.ts'
import { secretNames, type NamedSecrets } from './secret-template.ts'

export interface Prepared {
  request: TransportRequest
  /** The request as it is recorded: tokens in place of secrets. */
  shown: { url: string; headers: HeaderList; signedWith?: readonly number[] }
  /** Whether its body is the event's as it is stored. */
  sendsStored: boolean
  /** For what comes back. */
  mask: SecretMask
}

type PrepareDeps = Pick<DispatcherDeps, 'events' | 'directory'> & { patiently: Patiently }

/** The request of one attempt with all that it needs: stored body, opened secrets, transformation. `now` is unix ms. */
export async function prepareRequest(
  { claimed, destination, now }: { claimed: ClaimedDelivery; destination: Destination; now: number },
  deps: PrepareDeps,
): Promise<Prepared | { failure: Failure }> {
  const { delivery, event, number } = claimed
  const { policy } = destination
  const stored = claimed.body ?? (await storedBody(claimed, deps))
  const opened = await openSecrets(destination, claimed, deps)
  if ('failure' in opened) return opened
  const transformation =
    destination.transformation === null ? null : deps.directory.transformation(destination.transformation)
  const integration = integrationOf(destination)
  const message = await messageBody({
    event,
    body: stored,
    transformation,
    integration,
    policy,
    resign: delivery.resign,
  })
  if ('failure' in message) return message
  const built = buildRequest({ delivery, event, attempt: number, destination, integration, now, ...message, ...opened })
  if ('failure' in built) return built
  if (destination.endpoint) deps.directory.noteSecrets(destination.endpoint.id, usedNames(destination, opened))
  const mask = maskOf(opened.secrets, opened.signing?.secrets ?? NO_TEXTS)
  return {
    request: built.request,
    sendsStored: built.request.body === stored,
    shown: {
      url: mask.text(built.shown.url),
      headers: mask.headers(built.shown.headers),
      ...(opened.signing && { signedWith: opened.signing.versions }),
    },
    mask,
  }
}

const NO_SECRETS: NamedSecrets = new Map()
const NO_TEXTS: readonly string[] = []

const maskOf = onceFor((secrets: NamedSecrets, signing: readonly string[]) =>
  createSecretMask([...secrets.values(), ...signing]),
)

function integrationOf({ kind, settings }: Destination): BuildInput['integration'] {
  return kind && { kind, settings }
}

async function storedBody({ event }: ClaimedDelivery, { events, patiently }: PrepareDeps): Promise<Uint8Array> {
  const body = await patiently(() => events.body(event.id))
  if (!body) throw new Error('The stored body is missing')
  return body
}

/** Of the endpoint's secrets, those that stand in the request. */
function usedNames({ url, headers }: Destination, { secrets, signing }: Opened): string[] {
  const signs = signing !== null && signing.versions.length > 0
  const named = secrets.size === 0 ? [] : [url, ...headers.map(([, value]) => value)].flatMap(secretNames)
  return signs ? [SIGNING_SECRET, ...named] : named
}

interface Opened extends Pick<BuildInput, 'secrets'> {
  signing: (NonNullable<BuildInput['signing']> & { versions: readonly number[] }) | null
}

async function openSecrets(
  { endpoint, signer }: Destination,
  { delivery, event }: ClaimedDelivery,
  { directory, patiently }: PrepareDeps,
): Promise<Opened | { failure: Failure }> {
  try {
    const secrets = endpoint ? await patiently(() => directory.namedSecrets(endpoint)) : NO_SECRETS
    if (!delivery.resign) return { signing: null, secrets }
    if (isBareReplay(delivery)) {
      const replay = await patiently(() => directory.replaySigner(delivery.replayId, event))
      return { signing: replay && signingWith(replay.secrets, replay.scheme), secrets }
    }
    if (signer === 'none') return { signing: null, secrets }
    const provider = directory.provider(delivery.projectId, signer)
    if (!provider) return { failure: unknownSigner(signer) }
    if (!provider.signing) return { signing: null, secrets }
    const { sender } = delivery
    const own = sender && (await patiently(() => directory.senderSecret(sender)))
    if (own !== null) return { signing: { scheme: provider.signing, secrets: [own], versions: [] }, secrets }
    const signing = endpoint ? await patiently(() => directory.signingSecrets(endpoint)) : []
    return { signing: signingWith(sender ? fitting(provider.signing, signing) : signing, provider.signing), secrets }
  } catch (error) {
    if (!(error instanceof VaultLockedError)) throw error
    return { failure: { code: 'secret_locked', phase: 'build', detail: error.message } }
  }
}

/** One that goes to a URL, with nobody of its own to sign it. */
function isBareReplay<D extends Delivery>(delivery: D): delivery is D & { replayId: ReplayId } {
  return delivery.endpointId === null && delivery.sender === null && delivery.replayId !== null
}

const signingWith = onceFor(
  (secrets: readonly SigningSecret[], scheme: SigningScheme): NonNullable<Opened['signing']> => {
    const used = carriesSeveral(scheme) ? secrets : secrets.slice(0, 1)
    return { scheme, secrets: used.map(({ text }) => text), versions: used.map(({ version }) => version) }
  },
)

/** Those with which another provider than the endpoint's own can sign. */
function fitting(scheme: SigningScheme, secrets: readonly SigningSecret[]): readonly SigningSecret[] {
  return secrets.filter(({ text }) => checkSecret(scheme, text) === null)
}

function unknownSigner(id: string): Failure {
  return { code: 'provider_missing', phase: 'build', detail: `The provider “${id}”, which signs, was deleted` }
}
