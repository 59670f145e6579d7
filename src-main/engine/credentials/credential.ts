import type { CredentialKind, CredentialWarning } from '#shared/model/credential.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Scope } from '#shared/model/scope.ts'

/** One key or secret on the map, without its value. */
export interface Credential {
  kind: CredentialKind
  /** What names it elsewhere: the id of a key, a secret's newest version, or a source; `owner` for the owner's token. */
  id: string
  name: string
  projectId: ProjectId | null
  /** What it opens or proves, in plain words. */
  use: string
  /** What a key may do; null for what is no key of the API. */
  scopes: readonly Scope[] | null
  /** Null where nobody is named. */
  owner: string | null
  /** Null where that is not known. */
  createdAt: number | null
  lastUsedAt: number | null
  expiresAt: number | null
  /** False for what was revoked or is over. */
  isActive: boolean
  warnings: readonly CredentialWarning[]
}

export type AgedCredential = Credential & { ageMs: number | null }
