import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import type { Source } from '#shared/model/source.ts'
import { secretNames } from '../delivery/request/secret-template.ts'
import {
  VaultLockedError,
  type Clock,
  type SealedSecret,
  type SealedSourceSecret,
  type SealedText,
  type SecretFacts,
  type SecretStore,
  type SourceStore,
  type VaultStore,
} from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { SecretUses } from './secret-uses.ts'
import type { EndpointSecret, VaultSecret, VaultSecretVersion } from './vault-api.ts'

const DAY_MS = 86_400_000

export interface ListDeps {
  secrets: Pick<SecretStore, 'list'>
  sources: Pick<SourceStore, 'secrets'>
  store: Pick<VaultStore, 'facts' | 'revealed'>
  keeper: Pick<SecretKeeper, 'open'>
  registry: Registry
  clock: Clock
  uses: Pick<SecretUses, 'pending'>
}

/** Every secret of a project, those of endpoints first. */
export async function listSecrets(projectId: ProjectId, deps: ListDeps): Promise<VaultSecret[]> {
  const endpoints = ofProject(deps.registry.endpoints, projectId)
  const sources = ofProject(deps.registry.sources, projectId)
  const found = await Promise.all([
    ...endpoints.map((endpoint) => secretsOfEndpoint(endpoint, deps)),
    ...sources.map((source) => secretsOfSource(source, deps)),
  ])
  return found.flat()
}

/** The one that signs first, the others by name. */
export async function secretsOfEndpoint(endpoint: Endpoint, deps: ListDeps): Promise<EndpointSecret[]> {
  const [sealed, facts, revealed] = await Promise.all([
    deps.secrets.list(endpoint.id),
    deps.store.facts(endpoint.id),
    deps.store.revealed(endpoint.id),
  ])
  const versions = new Map<string, SealedSecret[]>()
  for (const secret of sealed) versions.set(secret.name, [...(versions.get(secret.name) ?? []), secret])
  const known = new Map(facts.map((each) => [each.name, each]))
  const names = [...versions.keys()].toSorted()
  const ordered = [...names.filter((name) => name === SIGNING_SECRET), ...names.filter((it) => it !== SIGNING_SECRET)]
  return Promise.all(
    ordered.map(async (name) => {
      const all = await Promise.all(
        (versions.get(name) ?? []).map(async (secret): Promise<VaultSecretVersion> => ({
          id: secret.id,
          version: secret.version,
          createdAt: secret.createdAt,
          expiresAt: secret.expiresAt,
          isLocked: await isLocked(secret, deps),
          revealed: revealed.get(secret.id) ?? null,
        })),
      )
      return asEndpointSecret(endpoint, { name, versions: all, facts: known.get(name) ?? null }, deps)
    }),
  )
}

function asEndpointSecret(
  endpoint: Endpoint,
  { name, versions, facts }: { name: string; versions: VaultSecretVersion[]; facts: SecretFacts | null },
  deps: ListDeps,
): EndpointSecret {
  const { config } = endpoint.version
  const [newest] = versions
  const used = [facts?.lastUsedAt ?? null, deps.uses.pending(endpoint.id, name)].filter((at) => at !== null)
  return {
    id: newest!.id,
    projectId: endpoint.projectId,
    place: { kind: 'endpoint', endpoint },
    role: name === SIGNING_SECRET ? 'signing' : 'named',
    name,
    owner: facts?.owner ?? config.owner,
    ...ageOf(endpoint.projectId, newest!.createdAt, deps),
    lastUsedAt: used.length > 0 ? Math.max(...used) : null,
    usedIn: name === SIGNING_SECRET ? [] : fieldsWith(name, endpoint),
    versions,
  }
}

function fieldsWith(name: string, { version: { config } }: Endpoint): string[] {
  const holds = (template: string) => secretNames(template).includes(name)
  return [
    ...(holds(config.url) ? ['url'] : []),
    ...config.headers.flatMap(([header, value]) => (holds(value) ? [`headers.${header}`] : [])),
  ]
}

/** Each stored secret of a source stands for itself: those that sign are all in use at once. */
async function secretsOfSource(source: Source, deps: ListDeps): Promise<VaultSecret[]> {
  const sealed: readonly SealedSourceSecret[] = await deps.sources.secrets(source.id)
  return Promise.all(
    sealed.map(async (secret): Promise<VaultSecret> => {
      const { id, createdAt, role } = secret
      const version = {
        id,
        version: 1,
        createdAt,
        expiresAt: null,
        isLocked: await isLocked(secret, deps),
        revealed: null,
      }
      return {
        id,
        projectId: source.projectId,
        place: { kind: 'source', source },
        role,
        name: role,
        owner: null,
        ...ageOf(source.projectId, createdAt, deps),
        lastUsedAt: null,
        usedIn: [],
        versions: [version],
      }
    }),
  )
}

function ageOf(projectId: ProjectId, createdAt: number, { registry, clock }: ListDeps) {
  const ageMs = Math.max(0, clock.now() - createdAt)
  const most = registry.projects.get(projectId)?.secretMaxAgeDays
  return { createdAt, ageMs, isOld: most !== undefined && ageMs > most * DAY_MS }
}

export async function isLocked(secret: SealedText, { keeper }: Pick<ListDeps, 'keeper'>): Promise<boolean> {
  try {
    await keeper.open(secret)
    return false
  } catch (error) {
    if (error instanceof VaultLockedError) return true
    throw error
  }
}
