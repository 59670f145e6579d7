import type { SourceView } from '#shared/contract/sources.ts'
import type { HeaderList } from '#shared/model/header.ts'
import { refusalOf } from '../../platform/api/refusal.ts'
import { secretDrafts, type SourceSecretDraft, toSecrets } from './verification/secret-draft.ts'

const MIB = 1_048_576

/** What the form holds: numbers as they are typed. */
export interface Draft {
  name: string
  /** Only for a new one; null follows the name. */
  slug: string | null
  provider: string
  secrets: readonly SourceSecretDraft[]
  duplicates: SourceView['duplicates']
  status: string
  headers: HeaderList
  body: string
  delayMs: string
  limitMib: string
  publicUrl: string
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  slug: null,
  provider: '',
  secrets: [],
  duplicates: 'keep',
  status: '200',
  headers: [],
  body: '',
  delayMs: '0',
  limitMib: '25',
  publicUrl: '',
}

export function draftOf(source: SourceView): Draft {
  const { name, slug, provider, secrets, duplicates, answer, publicUrl, bodyLimitBytes } = source
  return {
    name,
    slug,
    provider: provider ?? '',
    secrets: secretDrafts(secrets),
    duplicates,
    status: String(answer.status),
    headers: answer.headers,
    body: answer.body,
    delayMs: String(answer.delayMs),
    limitMib: String(Number((bodyLimitBytes / MIB).toFixed(3))),
    publicUrl: publicUrl ?? '',
  }
}

/** The fields as the API takes them. */
export function toInput(draft: Draft) {
  return {
    name: draft.name,
    provider: draft.provider === '' ? null : draft.provider,
    secrets: toSecrets(draft.secrets),
    duplicates: draft.duplicates,
    answer: {
      status: Number(draft.status),
      headers: draft.headers.filter(([name, value]) => name !== '' || value !== ''),
      body: draft.body,
      delayMs: Number(draft.delayMs),
    },
    publicUrl: draft.publicUrl === '' ? null : draft.publicUrl,
    bodyLimitBytes: Math.round(Number(draft.limitMib) * MIB),
  }
}

const FIELDS = [
  'name',
  'slug',
  'provider',
  'secrets',
  'duplicates',
  'answer.status',
  'answer.headers',
  'answer.body',
  'answer.delayMs',
  'publicUrl',
  'bodyLimitBytes',
]

/** Sorts a refusal to the field that it names; what names none is general. */
export function fieldErrors(error: unknown): { errorOf: (field: string) => string | null; general: string | null } {
  if (error === null || error === undefined) return { errorOf: () => null, general: null }
  const { field, message, hint } = refusalOf(error)
  const words = hint === null ? message : `${message} ${hint}`
  const known = FIELDS.find((name) => field === name || field?.startsWith(`${name}.`))
  return { errorOf: (name) => (name === known ? words : null), general: known === undefined ? words : null }
}
