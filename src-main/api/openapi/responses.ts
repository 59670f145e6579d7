import type { Access } from '#shared/contract/base.ts'
import type { ApiErrorCode } from '#shared/contract/errors.ts'
import { ERROR_STATUS } from '../errors/error-status.ts'

/** What any call may be refused for. */
const ALWAYS: readonly ApiErrorCode[] = [
  'unauthorized',
  'forbidden',
  'misdirected_request',
  'quota_exceeded',
  'too_many_attempts',
  'storage_unavailable',
]
/** What a call that is given something may be refused for beside. */
const WITH_INPUT: readonly ApiErrorCode[] = ['invalid_request', 'not_found']
const WITH_BODY: readonly ApiErrorCode[] = ['payload_too_large', 'unsupported_media_type']

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The input is not as it must be; `field` names what is at fault.',
  401: 'The token or key is missing or not valid.',
  403: 'The key may not do this.',
  404: 'What is named does not exist, or the key may not see it.',
  409: 'It does not go with how things stand.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  421: 'This server does not answer to that Host.',
  429: 'Too many calls; `Retry-After` says when to come back.',
  503: 'The storage takes no writes now; nothing of the call was kept.',
}

/** Every way in which a procedure is refused: by status, with the codes that stand in the answer. */
export function refusalResponses({ refusals }: Pick<Access, 'refusals'>, has: { input: boolean; body: boolean }) {
  const codes = [...ALWAYS, ...(has.input ? WITH_INPUT : []), ...(has.body ? WITH_BODY : []), ...refusals]
  const byStatus = Map.groupBy(new Set(codes), (code) => ERROR_STATUS[code])
  return Object.fromEntries([...byStatus].map(([status, of]) => [String(status), refusal(status, of)]))
}

function refusal(status: number, codes: readonly ApiErrorCode[]) {
  const isOne = { properties: { error: { properties: { code: { enum: codes } } } } }
  return {
    description: `${DESCRIPTIONS[status] ?? 'Refused.'} Code: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    content: { 'application/json': { schema: { allOf: [{ $ref: '#/components/schemas/Error' }, isOne] } } },
  }
}
