import type { ApiKey, KeyState } from '#shared/model/api-key.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Scope } from '#shared/model/scope.ts'
import type { Admit } from './admission.ts'
import type { Caller } from './caller.ts'

export interface KeyChange {
  name?: string | undefined
  owner?: string | undefined
  scopes?: readonly Scope[] | undefined
  /** Unix ms. */
  expiresAt?: number | null | undefined
  quotaPerMinute?: number | null | undefined
}

/** A key as it stands now. */
export type StandingKey = ApiKey & { state: KeyState }

/**
 * API keys. Whoever sees one project alone sees its keys alone; what such a caller may not see is as not there. Nobody
 * makes, changes or rotates a key that may do more than they may: `AppError` `forbidden`.
 */
export interface KeysApi {
  /** Newest first. */
  list(viewer: Caller): readonly StandingKey[]
  /** Throws `AppError` `not_found`. */
  get(viewer: Caller, id: string): StandingKey
  /** `secret` is the whole text, known to nobody afterwards. Throws `VaultLockedError`. */
  create(
    maker: Caller,
    input: KeyChange & { name: string; scopes: readonly Scope[]; projectId: ProjectId | null },
  ): Promise<{ key: StandingKey; secret: string }>
  update(maker: Caller, id: string, change: KeyChange): Promise<StandingKey>
  /** The text before counts for another `overlapMs`. */
  rotate(maker: Caller, id: string, overlapMs: number): Promise<{ key: StandingKey; secret: string }>
  /** At once and for good; whoever may change keys may revoke any that they see. */
  revoke(maker: Caller, id: string): Promise<StandingKey>
  /** Whether the key with this id still opens anything. */
  stands(id: string): boolean
  admit: Admit
  /** Lets go of the keys of a project that is gone. */
  forget(projectId: ProjectId): void
  /** Writes what is known of last uses. */
  stop(): Promise<void>
}
