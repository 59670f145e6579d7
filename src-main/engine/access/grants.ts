import type { ApiKey } from '#shared/model/api-key.ts'
import { AppError } from '#shared/model/app-error.ts'
import { mayDo, type Caller } from './caller.ts'

export type Grant = Pick<ApiKey, 'scopes' | 'projectId' | 'expiresAt' | 'quotaPerMinute'>

/** Nobody gives what they do not have: throws `AppError` `forbidden` where `grant` goes beyond its maker in anything. */
export function checkGrant(maker: Caller, makersKey: Grant | null, grant: Grant): void {
  const lacking = grant.scopes.filter((scope) => !mayDo(maker, scope))
  if (lacking.length > 0) {
    throw beyond('scopes', `it lacks ${lacking.map((scope) => `\`${scope}\``).join(', ')}`)
  }
  if (maker.projectId !== null && grant.projectId !== maker.projectId) {
    throw beyond('project', 'it sees one project alone')
  }
  if (makersKey === null) return
  if (isBeyond(grant.expiresAt, makersKey.expiresAt)) {
    throw beyond('expiresAt', 'it ends before that')
  }
  if (isBeyond(grant.quotaPerMinute, makersKey.quotaPerMinute)) {
    throw beyond('quotaPerMinute', `it has ${makersKey.quotaPerMinute} requests a minute`)
  }
}

/** Null is without end. */
function isBeyond(value: number | null, limit: number | null): boolean {
  return limit !== null && (value === null || value > limit)
}

function beyond(field: string, why: string): AppError {
  return new AppError('forbidden', `A key cannot give more than it has itself: ${why}.`, {
    field,
    hint: 'Give less, or ask the owner of the installation.',
  })
}
