import type { CredentialView } from '#shared/contract/audit/credentials.ts'
import { toInstant } from '#shared/contract/base.ts'
import { procedures } from '../procedures.ts'

const DAY_MS = 86_400_000

export const credentialsHandler = procedures.credentials.handler(async ({ context: { engine, actor } }) => {
  const all = await engine.credentials(actor)
  const items = all.map(({ projectId, ageMs, ...credential }): CredentialView => {
    const { createdAt, lastUsedAt, expiresAt, scopes, warnings } = credential
    return {
      ...credential,
      project: projectId && engine.projects.resolve(projectId).slug,
      scopes: scopes && [...scopes],
      createdAt: toInstant(createdAt),
      ageDays: ageMs === null ? null : Math.floor(ageMs / DAY_MS),
      lastUsedAt: toInstant(lastUsedAt),
      expiresAt: toInstant(expiresAt),
      warnings: [...warnings],
    }
  })
  return { items, nextCursor: null }
})
