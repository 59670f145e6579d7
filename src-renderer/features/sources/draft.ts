import type { SourceView } from '#shared/contract/sources.ts'
import { refusalOf } from '../../platform/api/refusal.ts'
import { type AnswerDraft, answerDraftOf, EMPTY_ANSWER, toAnswerInput } from './answer/answer-draft.ts'
import {
  secretDrafts,
  type SourceSecretDraft,
  toSecrets,
  toVerifyToken,
  type VerifyTokenDraft,
} from './verification/secret-draft.ts'

const MIB = 1_048_576

/** What the form holds: numbers as they are typed. */
export interface Draft {
  name: string
  /** Only for a new one; null follows the name. */
  slug: string | null
  provider: string
  secrets: readonly SourceSecretDraft[]
  verifyToken: VerifyTokenDraft
  hasVerifyToken: boolean
  duplicates: SourceView['duplicates']
  answer: AnswerDraft
  limitMib: string
  publicUrl: string
  /** One to a line. */
  allowedOrigins: string
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  slug: null,
  provider: '',
  secrets: [],
  verifyToken: { value: '', isRemoved: false },
  hasVerifyToken: false,
  duplicates: 'keep',
  answer: EMPTY_ANSWER,
  limitMib: '25',
  publicUrl: '',
  allowedOrigins: '*',
}

export function draftOf(source: SourceView): Draft {
  const { name, slug, provider, secrets, duplicates, publicUrl, bodyLimitBytes, allowedOrigins } = source
  return {
    name,
    slug,
    provider: provider ?? '',
    secrets: secretDrafts(secrets),
    verifyToken: EMPTY_DRAFT.verifyToken,
    hasVerifyToken: source.hasVerifyToken,
    duplicates,
    answer: answerDraftOf(source),
    limitMib: String(Number((bodyLimitBytes / MIB).toFixed(3))),
    publicUrl: publicUrl ?? '',
    allowedOrigins: allowedOrigins.join('\n'),
  }
}

/** The fields as the API takes them. */
export function toInput(draft: Draft) {
  return {
    name: draft.name,
    provider: draft.provider === '' ? null : draft.provider,
    secrets: toSecrets(draft.secrets),
    verifyToken: toVerifyToken(draft.verifyToken),
    duplicates: draft.duplicates,
    answer: toAnswerInput(draft.answer),
    publicUrl: draft.publicUrl === '' ? null : draft.publicUrl,
    bodyLimitBytes: Math.round(Number(draft.limitMib) * MIB),
    allowedOrigins: draft.allowedOrigins.split(/\s+/).filter((origin) => origin !== ''),
  }
}

const FIELDS = [
  'name',
  'slug',
  'provider',
  'secrets',
  'duplicates',
  'verifyToken',
  'answer.status',
  'answer.headers',
  'answer.body',
  'answer.delayMs',
  'answer.script',
  'answer.atEnd',
  'publicUrl',
  'bodyLimitBytes',
  'allowedOrigins',
]

/** Sorts a refusal to the field that it names; what names none is general. */
export function fieldErrors(error: unknown): { errorOf: (field: string) => string | null; general: string | null } {
  if (error === null || error === undefined) return { errorOf: () => null, general: null }
  const { field, message, hint } = refusalOf(error)
  const words = hint === null ? message : `${message} ${hint}`
  const isAt = (name: string): boolean => field === name || (field?.startsWith(`${name}.`) ?? false)
  return { errorOf: (name) => (isAt(name) ? words : null), general: FIELDS.some(isAt) ? null : words }
}
