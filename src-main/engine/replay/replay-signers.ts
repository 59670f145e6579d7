import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { ReplayId } from '#shared/model/ids.ts'
import type { SignAs } from '#shared/model/replay.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { SourceSecrets } from '../capture/source-secrets.ts'
import type { SigningSecret } from '../delivery/dispatch/deps.ts'
import type { SigningSecrets } from '../endpoints/signing-secrets.ts'
import { VaultLockedError, type EventStore, type ReplayStore } from '../ports.ts'
import type { Registry } from '../registry.ts'
import type { SigningScheme } from '../signing/scheme.ts'
import { checkSecret } from '../signing/secret.ts'

/** Who signs what goes to a bare URL, and with what, the secret to prefer first. */
export interface ReplaySigner {
  scheme: SigningScheme
  secrets: readonly SigningSecret[]
}

/** One that was edited is signed as its original. */
type SignedEvent = Pick<EventRecord, 'projectId' | 'sourceId'> & Partial<Pick<EventRecord, 'editedFrom'>>

export interface ReplaySigners {
  /** Of an event, where a replay to a URL is signed so; null where nobody signs. Throws `VaultLockedError`. */
  signer(signAs: SignAs, event: SignedEvent): Promise<ReplaySigner | null>
  /** The same of a replay as it is stored. */
  ofReplay(replayId: ReplayId, event: SignedEvent): Promise<ReplaySigner | null>
}

export interface ReplaySignersDeps {
  store: Pick<ReplayStore, 'target'>
  events: Pick<EventStore, 'get'>
  registry: Registry
  catalog: Pick<Catalog, 'provider'>
  sourceSecrets: Pick<SourceSecrets, 'of' | 'stored'>
  signingSecrets: Pick<SigningSecrets, 'open'>
}

/** How many replays are remembered: what one was asked for never changes. */
const MOST_KNOWN = 100

export function createReplaySigners(deps: ReplaySignersDeps): ReplaySigners {
  const { store, registry } = deps
  const known = new Map<ReplayId, Promise<SignAs>>()

  function signAsOf(replayId: ReplayId): Promise<SignAs> {
    const found = known.get(replayId)
    if (found) return found
    const reading = readSignAs(store, replayId)
    // A failed reading is tried again by the next attempt.
    reading.catch(() => known.delete(replayId))
    known.set(replayId, reading)
    const [oldest] = known.keys()
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
    return reading
  }

  async function signer(signAs: SignAs, event: SignedEvent): Promise<ReplaySigner | null> {
    if (signAs === 'nobody') return null
    if (signAs === 'source') return sourceSigner(deps, event)
    const endpoint = registry.endpoints.get(signAs.endpointId)
    return endpoint ? endpointSigner(deps, endpoint) : null
  }

  return { signer, ofReplay: async (replayId, event) => signer(await signAsOf(replayId), event) }
}

async function readSignAs(store: ReplaySignersDeps['store'], replayId: ReplayId): Promise<SignAs> {
  const target = await store.target(replayId)
  return target && 'url' in target ? target.signAs : 'nobody'
}

/** As the sender of its source does; a secret with which one can only verify signs nothing. */
async function sourceSigner(
  { registry, catalog, sourceSecrets, events }: ReplaySignersDeps,
  { projectId, sourceId: ownId, editedFrom = null }: SignedEvent,
): Promise<ReplaySigner | null> {
  const sourceId = ownId ?? (editedFrom && (await events.get(editedFrom))?.event.sourceId) ?? null
  const source = sourceId === null ? undefined : registry.sources.get(sourceId)
  const scheme = source?.provider ? (catalog.provider(projectId, source.provider)?.signing ?? null) : null
  if (!source || !scheme) return null
  const texts = await sourceSecrets.of(source)
  // None at all where there are some: they cannot be opened now, and nothing goes out as if there were none.
  if (texts.length === 0 && (await sourceSecrets.stored(source)).length > 0) throw new VaultLockedError()
  return ofFitting(
    scheme,
    texts.map((text, at) => ({ version: at, text })),
  )
}

async function endpointSigner(
  { catalog, signingSecrets }: ReplaySignersDeps,
  endpoint: Endpoint,
): Promise<ReplaySigner | null> {
  const { provider, policy } = endpoint.version.config
  const scheme = catalog.provider(endpoint.projectId, provider ?? policy.provider)?.signing ?? null
  return scheme && ofFitting(scheme, await signingSecrets.open(endpoint))
}

function ofFitting(scheme: SigningScheme, secrets: readonly SigningSecret[]): ReplaySigner | null {
  const fitting = secrets.filter(({ text }) => checkSecret(scheme, text) === null)
  return fitting.length === 0 ? null : { scheme, secrets: fitting }
}
