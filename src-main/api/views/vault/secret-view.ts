import { toInstant } from '#shared/contract/base.ts'
import type { RevealTryView, SecretView } from '#shared/contract/vault/secrets.ts'
import type { VaultSecret } from '../../../engine/engine.ts'
import type { RevealTry } from '../../../engine/ports.ts'

const DAY_MS = 86_400_000

export function toSecretView(secret: VaultSecret): SecretView {
  const { id, projectId, role, name, owner, isOld, lastUsedAt } = secret
  const versions = secret.versions.map(({ createdAt, expiresAt, revealed, ...version }) => ({
    ...version,
    createdAt: toInstant(createdAt),
    expiresAt: toInstant(expiresAt),
    revealed: revealed && { at: toInstant(revealed.at), by: revealed.by },
  }))
  return {
    id,
    projectId,
    place: placeOf(secret),
    role,
    name,
    owner,
    createdAt: toInstant(secret.createdAt),
    ageDays: Math.floor(secret.ageMs / DAY_MS),
    isOld,
    lastUsedAt: toInstant(lastUsedAt),
    isLocked: versions[0]?.isLocked ?? false,
    usedIn: [...secret.usedIn],
    versions,
  }
}

function placeOf({ place }: VaultSecret): SecretView['place'] {
  if (place.kind === 'source') return { kind: 'source', id: place.source.id, name: place.source.name }
  return { kind: 'endpoint', id: place.endpoint.id, name: place.endpoint.version.config.name }
}

export function toRevealTryView({ at, ...tried }: RevealTry): RevealTryView {
  return { ...tried, at: toInstant(at) }
}
