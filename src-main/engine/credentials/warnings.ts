import type { CredentialWarning } from '#shared/model/credential.ts'
import type { Scope } from '#shared/model/scope.ts'

const DAY_MS = 86_400_000
/** What nobody used for a quarter of a year is most likely forgotten. */
const UNUSED_AFTER_MS = 90 * DAY_MS
const SOON_MS = 14 * DAY_MS
/** With these, a key can make more of itself or take what is sealed. */
const WIDE: readonly Scope[] = ['keys:write', 'secrets:reveal', 'system:write']

export interface Judged {
  /** Null where nobody is named though somebody could be. */
  owner: string | null
  createdAt: number
  lastUsedAt: number | null
  /** Whether the last use would be known, were there one. */
  isUseKept: boolean
  expiresAt: number | null
  isOld: boolean
}

/** What is worth a look about a credential that is active. `now` in unix ms. */
export function warningsOf(judged: Judged, now: number): CredentialWarning[] {
  const { owner, createdAt, lastUsedAt, isUseKept, expiresAt, isOld } = judged
  const isUnused = isUseKept && now - (lastUsedAt ?? createdAt) > UNUSED_AFTER_MS
  const endsSoon = expiresAt !== null && expiresAt - now <= SOON_MS
  return [
    ...(owner === null ? (['no_owner'] as const) : []),
    ...(isOld ? (['old'] as const) : []),
    ...(isUnused ? (['unused'] as const) : []),
    ...(endsSoon ? (['ends_soon'] as const) : []),
  ]
}

/** What is worth a look about a key beside that. */
export function keyWarnings({ expiresAt, scopes }: { expiresAt: number | null; scopes: readonly Scope[] }) {
  return [
    ...(expiresAt === null ? (['no_end'] as const) : []),
    ...(scopes.some((scope) => WIDE.includes(scope)) ? (['wide'] as const) : []),
  ]
}
