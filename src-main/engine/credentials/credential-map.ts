import type { CredentialKind } from '#shared/model/credential.ts'
import type { Project } from '#shared/model/project.ts'
import type { Source } from '#shared/model/source.ts'
import type { Caller } from '../access/caller.ts'
import type { KeysApi, StandingKey } from '../access/keys-api.ts'
import type { Clock, EventStore, StoredEvent } from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'
import type { VaultApi, VaultSecret } from '../vault/vault-api.ts'
import type { AgedCredential, Credential } from './credential.ts'
import { keyWarnings, warningsOf } from './warnings.ts'

const DAY_MS = 86_400_000
/** So many of a source's newest events tell when its secrets were last used. */
const LOOKED_AT = 50

export interface CredentialMapDeps {
  keys: Pick<KeysApi, 'list'>
  vault: Pick<VaultApi, 'list'>
  events: Pick<EventStore, 'list'>
  registry: Pick<Registry, 'projects' | 'sources' | 'links'>
  clock: Pick<Clock, 'now'>
}

/** Every key and secret that the viewer may see: what it is for, whose it is, how old, when it was last used. */
export function createCredentialMap(deps: CredentialMapDeps): (viewer: Caller) => Promise<readonly AgedCredential[]> {
  const { registry, clock } = deps
  return async (viewer) => {
    const now = clock.now()
    const projects = [...registry.projects.values()].filter(
      ({ id }) => viewer.projectId === null || viewer.projectId === id,
    )
    const keys = deps.keys.list(viewer).map((key) => ofKey(key, mostAge(registry, key), now))
    const rest = await Promise.all(projects.map((project) => ofProjectSecrets(project, deps, now)))
    const all = [...(viewer.projectId === null ? [OWNER_TOKEN] : []), ...keys, ...rest.flat()]
    return all.map((each) => ({ ...each, ageMs: each.createdAt === null ? null : Math.max(0, now - each.createdAt) }))
  }
}

const OWNER_TOKEN: Credential = {
  kind: 'owner_token',
  id: 'owner',
  name: 'Owner token',
  projectId: null,
  use: 'Opens the window and the whole API; made anew at each start unless it is set.',
  scopes: null,
  owner: null,
  createdAt: null,
  lastUsedAt: null,
  expiresAt: null,
  isActive: true,
  warnings: [],
}

/** Of a key for all projects, the strictest of them counts. */
function mostAge(registry: CredentialMapDeps['registry'], { projectId }: StandingKey): number {
  const all = [...registry.projects.values()].filter(({ id }) => projectId === null || id === projectId)
  return Math.min(...all.map(({ secretMaxAgeDays }) => secretMaxAgeDays)) * DAY_MS
}

function ofKey(key: StandingKey, mostAgeMs: number, now: number): Credential {
  const { id, name, projectId, scopes, owner, createdAt, rotatedAt, lastUsedAt, expiresAt, state } = key
  const madeAt = rotatedAt ?? createdAt
  const isActive = state === 'active'
  const isOld = now - madeAt > mostAgeMs
  const judged = { owner, createdAt: madeAt, lastUsedAt, isUseKept: true, expiresAt, isOld }
  return {
    kind: 'api_key',
    id,
    name,
    projectId,
    use: projectId === null ? 'Calls the API, for every project.' : 'Calls the API, for one project.',
    scopes,
    owner,
    createdAt: madeAt,
    lastUsedAt,
    expiresAt,
    isActive,
    warnings: isActive ? [...warningsOf(judged, now), ...keyWarnings(key)] : [],
  }
}

async function ofProjectSecrets(project: Project, deps: CredentialMapDeps, now: number): Promise<Credential[]> {
  const sources = ofProject(deps.registry.sources, project.id)
  const [secrets, uses] = await Promise.all([
    deps.vault.list(project.id),
    Promise.all(sources.map(async (source) => [source.id, await usesOf(source, deps)] as const)),
  ])
  const used = new Map(uses)
  return [
    ...secrets.map((secret) => ofSecret(secret, used, now)),
    ...sources
      .filter(({ id }) => !deps.registry.links.has(id))
      .map((source) => ofIngestKey(source, used.get(source.id)?.ingested ?? null)),
  ]
}

interface SourceUses {
  /** When a signature was last found valid, and a page last ingested, among the newest events. */
  verified: number | null
  ingested: number | null
}

async function usesOf(source: Source, { events }: CredentialMapDeps): Promise<SourceUses> {
  const filter = [{ kind: 'source', sourceIds: [source.id], negated: false }] as const
  const { items } = await events.list({ projectId: source.projectId, filter, limit: LOOKED_AT, cursor: null })
  const last = (fits: (item: StoredEvent) => boolean) => items.find(fits)?.event.receivedAt ?? null
  return {
    verified: last(({ findings }) => findings.verdict?.verdict === 'valid'),
    ingested: last(({ event }) => event.origin === 'ingested'),
  }
}

const KINDS = {
  signing: 'signing_secret',
  named: 'named_secret',
  'verify-token': 'verify_token',
  'link-key': 'link_key',
} as const

function ofSecret(secret: VaultSecret, uses: ReadonlyMap<string, SourceUses>, now: number): Credential {
  const { id, projectId, role, place, owner, createdAt, isOld, versions } = secret
  const isSource = place.kind === 'source'
  const kind: CredentialKind = isSource && role === 'signing' ? 'source_secret' : KINDS[role]
  const lastUsedAt = lastUseOf(secret, uses)
  // Nobody can be named for a secret of a source.
  const asked = isSource ? '' : owner
  const judged = { owner: asked, createdAt, lastUsedAt, isUseKept: !isSource, expiresAt: null, isOld }
  const isLocked = versions[0]?.isLocked === true
  return {
    kind,
    id,
    name: role === 'named' ? secret.name : nameOf(place),
    projectId,
    use: purposeOf(secret),
    scopes: null,
    owner,
    createdAt,
    lastUsedAt,
    expiresAt: null,
    isActive: true,
    warnings: [...warningsOf(judged, now), ...(isLocked ? (['locked'] as const) : [])],
  }
}

/** A sender's token is compared at a handshake, of which nothing is kept. */
function lastUseOf({ place, role, lastUsedAt }: VaultSecret, uses: ReadonlyMap<string, SourceUses>): number | null {
  if (place.kind === 'endpoint') return lastUsedAt
  return role === 'signing' ? (uses.get(place.source.id)?.verified ?? null) : null
}

function nameOf(place: VaultSecret['place']): string {
  return place.kind === 'source' ? place.source.name : place.endpoint.version.config.name
}

function purposeOf({ role, place, usedIn }: VaultSecret): string {
  const name = nameOf(place)
  if (place.kind === 'source') {
    if (role === 'link-key') return `Asks the relay that feeds source ${name}.`
    return role === 'verify-token' ? `Answers the handshake at source ${name}.` : `Checks signatures at source ${name}.`
  }
  if (role === 'signing') return `Signs what goes to endpoint ${name}.`
  return usedIn.length === 0
    ? `Stored for endpoint ${name}, used nowhere.`
    : `Stands in ${usedIn.join(', ')} of endpoint ${name}.`
}

/** It stands in pages, so that it proves nothing: whoever has it may put events, and nothing else. */
function ofIngestKey({ id, name, projectId, createdAt }: Source, lastUsedAt: number | null): Credential {
  return {
    kind: 'ingest_key',
    id,
    name,
    projectId,
    use: `Lets pages put events into source ${name}.`,
    scopes: null,
    owner: null,
    createdAt,
    lastUsedAt,
    expiresAt: null,
    isActive: true,
    warnings: [],
  }
}
