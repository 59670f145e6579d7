import { z } from 'zod'
import { KeyId, ProjectId } from './ids.ts'
import { Scope } from './scope.ts'

/** A key for scripts and people that are not the owner. Its text is known to its holder alone. */
export const ApiKey = z.object({
  id: KeyId,
  name: z.string(),
  /** Who answers for it. */
  owner: z.string(),
  scopes: z.array(Scope).readonly(),
  /** The one project that it may see; null for all of them. */
  projectId: ProjectId.nullable(),
  /** The start of its text, by which a person tells it from others. */
  prefix: z.string(),
  /** Unix ms; null for one that does not end by itself. */
  expiresAt: z.number().nullable(),
  /** Requests in any 60 s; null for no limit. */
  quotaPerMinute: z.number().nullable(),
  createdAt: z.number(),
  /** The name of the caller who made it. */
  createdBy: z.string(),
  /** When its text was last made anew; null where that never happened. */
  rotatedAt: z.number().nullable(),
  /** Until when the text before that still counts; null where none does. */
  previousUntil: z.number().nullable(),
  /** Kept up to a few seconds late. */
  lastUsedAt: z.number().nullable(),
  lastUsedFrom: z.string().nullable(),
  revokedAt: z.number().nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const KeyState = z.enum(['active', 'expired', 'revoked'])
export type KeyState = z.infer<typeof KeyState>

/** Whether it counts at `now` (unix ms). */
export function keyState({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: number): KeyState {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active'
}
