import type { KeyView } from '#shared/contract/access/keys.ts'
import { toInstant } from '#shared/contract/base.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Engine, StandingKey } from '../../../engine/engine.ts'

export function toKeyView(engine: Engine, key: StandingKey): KeyView {
  return {
    ...key,
    scopes: [...key.scopes],
    project: slugOf(engine, key.projectId),
    expiresAt: toInstant(key.expiresAt),
    createdAt: toInstant(key.createdAt),
    rotatedAt: toInstant(key.rotatedAt),
    previousUntil: toInstant(key.previousUntil),
    lastUsedAt: toInstant(key.lastUsedAt),
    revokedAt: toInstant(key.revokedAt),
  }
}

/** The slug of the one project that a key or caller sees; null where that is null. */
export function slugOf({ projects }: Pick<Engine, 'projects'>, projectId: ProjectId | null): string | null {
  return projectId === null ? null : projects.resolve(projectId).slug
}
