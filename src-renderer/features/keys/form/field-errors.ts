import { refusalOf } from '../../../platform/api/refusal.ts'

const FIELDS = new Set(['name', 'owner', 'scopes', 'expiresAt', 'quotaPerMinute', 'project'])

/** Sorts a refusal to the field that it names; `general` belongs to none. */
export function keyErrors(error: unknown): { errorOf: (field: string) => string | null; general: string | null } {
  if (error === null || error === undefined) return { errorOf: () => null, general: null }
  const { field, message, hint } = refusalOf(error)
  const top = field?.split('.')[0]
  const words = hint === null ? message : `${message} ${hint}`
  const isKnown = top !== undefined && FIELDS.has(top)
  return { errorOf: (name) => (isKnown && name === top ? words : null), general: isKnown ? null : words }
}
