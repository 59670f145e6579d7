import type { KeyView } from '#shared/contract/access/keys.ts'
import type { Scope } from '#shared/model/scope.ts'

/** How long a key lives: days from now, without end, or as it is. */
export type Lifetime = number | 'never' | 'keep'

export interface KeyDraft {
  name: string
  owner: string
  scopes: readonly Scope[]
  lifetime: Lifetime
  /** As typed; empty for no limit. */
  quota: string
}

const DAY_MS = 86_400_000

/** Least privilege: nothing is chosen, and it ends. */
export const EMPTY_DRAFT: KeyDraft = { name: '', owner: '', scopes: [], lifetime: 90, quota: '' }

export function draftOf({ name, owner, scopes, quotaPerMinute }: KeyView): KeyDraft {
  return { name, owner, scopes, lifetime: 'keep', quota: quotaPerMinute === null ? '' : String(quotaPerMinute) }
}

/** What is sent of a draft; the project is the caller’s to add. */
export function toKeyInput({ name, owner, scopes, lifetime, quota }: KeyDraft, nowAt: number) {
  return {
    name,
    scopes: [...scopes],
    ...(owner.trim() === '' ? {} : { owner }),
    ...(lifetime === 'keep' ? {} : { expiresAt: expiryOf(lifetime, nowAt) }),
    quotaPerMinute: quota.trim() === '' ? null : Number(quota),
  }
}

function expiryOf(lifetime: number | 'never', nowAt: number): string | null {
  return lifetime === 'never' ? null : new Date(nowAt + lifetime * DAY_MS).toISOString()
}

/** The fields that the form shows. */
export const KEY_FIELDS = ['name', 'owner', 'scopes', 'expiresAt', 'quotaPerMinute', 'project']
