import type { SourceView } from '#shared/contract/sources.ts'
import type { SecretId } from '#shared/model/ids.ts'

/** A secret in the form, newest first. Stored values never come back: an empty value leaves a stored one as it is. */
export interface SourceSecretDraft {
  /** Null for a new one. */
  id: SecretId | null
  createdAt: string | null
  value: string
  isRemoved: boolean
}

export const NEW_SECRET: SourceSecretDraft = { id: null, createdAt: null, value: '', isRemoved: false }

export function secretDrafts(secrets: SourceView['secrets']): readonly SourceSecretDraft[] {
  return secrets.map(({ id, createdAt }) => ({ ...NEW_SECRET, id, createdAt }))
}

/** The list as the API takes it: new values, and the ids of those that stay. */
export function toSecrets(drafts: readonly SourceSecretDraft[]): (string | { id: SecretId })[] {
  return drafts.flatMap(({ id, value, isRemoved }): (string | { id: SecretId })[] => {
    if (isRemoved) return []
    if (value !== '') return [value]
    return id === null ? [] : [{ id }]
  })
}

export type VerifyTokenDraft = Pick<SourceSecretDraft, 'value' | 'isRemoved'>

/** The token as the API takes it; undefined leaves it as it is. */
export function toVerifyToken({ value, isRemoved }: VerifyTokenDraft): string | null | undefined {
  if (isRemoved) return null
  return value === '' ? undefined : value
}

/** A field of one line would run the lines of a pasted PEM together; written as `\n` they are understood. */
export function pastedSecret(text: string): string {
  return text.includes('-----BEGIN ') ? text.trim().replaceAll(/\r?\n/g, '\\n') : text
}
