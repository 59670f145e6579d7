import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ProjectId, SecretId } from '#shared/model/ids.ts'
import type { Source } from '#shared/model/source.ts'
import type { Caller } from '../access/caller.ts'
import type { KeyGuardState, NewKeeper, RevealTry } from '../ports.ts'

/** Where and when a version of a secret was shown. */
export type Revealed = Pick<RevealTry, 'at' | 'by'>

export interface VaultSecretVersion {
  id: SecretId
  version: number
  createdAt: number
  /** Until when one that was rotated away still counts. */
  expiresAt: number | null
  /** Its value cannot be opened: it must be entered again. */
  isLocked: boolean
  revealed: Revealed | null
}

/** One secret with all its versions, and everything but its value. */
export interface VaultSecret {
  /** Of the newest version. */
  id: SecretId
  projectId: ProjectId
  place: { kind: 'endpoint'; endpoint: Endpoint } | { kind: 'source'; source: Source }
  role: 'signing' | 'named' | 'verify-token' | 'link-key'
  name: string
  /** The secret's own, else its endpoint's. */
  owner: string | null
  /** Of the newest version. */
  createdAt: number
  ageMs: number
  /** Older than its project lets secrets grow. */
  isOld: boolean
  lastUsedAt: number | null
  /** The fields of the endpoint that hold `{secret.name}`. */
  usedIn: readonly string[]
  /** Newest first. */
  versions: readonly VaultSecretVersion[]
}

/** A secret of an endpoint, which is what can be changed and revealed here. */
export type EndpointSecret = VaultSecret & { place: { kind: 'endpoint' } }

export interface VaultStatus {
  /** `empty` before the first secret. */
  state: 'open' | 'locked' | 'empty'
  /** Why it is locked, in plain words. */
  reason: string | null
  /** Secrets whose value cannot be opened. */
  locked: number
  /** A change of keys that is under way, counted in secrets. */
  rotation: { done: number; total: number } | null
  /** Who keeps the master key. */
  key: KeyGuardState
}

export interface VaultApi {
  /** Those of endpoints first, each place's by name. */
  list(projectId: ProjectId): Promise<readonly VaultSecret[]>
  /** By the id of any of its versions. Throws `AppError` `not_found`. */
  resolve(projectId: ProjectId, id: string): Promise<EndpointSecret>
  /** Adds a named secret; a value is made where none is given. Throws `AppError`. */
  add(
    endpoint: Endpoint,
    input: { name: string; value?: string | undefined; owner?: string | null | undefined },
    actor: Caller,
  ): Promise<{ secret: EndpointSecret; value: string | null }>
  setOwner(secret: EndpointSecret, owner: string | null): Promise<EndpointSecret>
  /**
   * A new version, whose value is made where none is given. For `overlapMs` the one before still counts: it signs beside the
   * new one, or goes on being sent where a request has room for one value only. Throws `AppError`.
   */
  rotate(
    secret: EndpointSecret,
    input: { value?: string | undefined; overlapMs: number },
  ): Promise<{ secret: EndpointSecret; value: string | null; previousUntil: number }>
  /** From now on only the newest version counts. */
  endOverlap(secret: EndpointSecret): Promise<EndpointSecret>
  /** Throws `AppError` for the secret that signs, and while the endpoint's URL or headers use it. */
  remove(secret: EndpointSecret, actor: Caller): Promise<void>
  /**
   * The value of one version, this one time; the try is on record before. Throws `AppError` `already_revealed`,
   * `reveal_limit`, `vault_locked`, `not_found`.
   */
  reveal(
    projectId: ProjectId,
    id: string,
    by: Caller,
  ): Promise<{ name: string; version: number; value: string; at: number; left: number }>
  /** Every try to see the secrets of an endpoint, newest first. */
  reveals(endpoint: Pick<Endpoint, 'id'>): Promise<readonly RevealTry[]>
  status(projectIds: readonly ProjectId[]): Promise<VaultStatus>
  /**
   * New keys for everything, the master key too where it is ours to change. It goes on in the background, and after a restart;
   * `ended` resolves once everything is sealed anew. The older keys go a minute later. Throws `AppError` `vault_locked`.
   */
  rotateKeys(): Promise<{ ended: Promise<void> }>
  /** Opens the master key with the passphrase that keeps it, and lets what waited for it go on. Throws `AppError`. */
  unlock(passphrase: string): Promise<number>
  /** Gives the master key, made where there is none, to another keeper. Throws `AppError`. */
  keepKey(keeper: NewKeeper): Promise<void>
  /** Looks whether the key is back, and lets what waited for it go on; answers how many endpoints that are. */
  recheck(): Promise<number>
  /** Seals with a new key from now on where the old one is lost: what it sealed must be entered again. */
  startOver(): Promise<void>
}
