import type { Failure, FailureCode, Phase } from '#shared/model/failure.ts'
import { DialError } from './dial/dial-error.ts'
import { TOO_MANY_INTERIM } from './interim-answers.ts'
import { tlsCode, tlsDetail } from './tls-failure.ts'

const UNREACHABLE = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'EACCES',
  'EPERM',
])
/** What undici calls an answer that nobody asked for, or a switch of protocols. */
const UNASKED = new Set(['bad response', 'bad upgrade'])
const LENGTH_MISMATCH = 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'
const SHOWN_BYTES = 60

interface Cause {
  name: string
  code: string
  message: string
  /** What OpenSSL calls it. */
  reason: string | null
  /** The bytes that the parser stumbled over. */
  data: string | null
}

/** Classifies what ended an exchange, by the phase in which it came. The detail never quotes the request. */
export function failureFrom(error: unknown, phase: Phase): Failure {
  if (error instanceof DialError) return { phase, code: error.failureCode, detail: error.detail }
  const cause = causeOf(error)
  switch (phase) {
    case 'dns':
      return { phase, code: cause.code === 'ENOTFOUND' ? 'dns_not_found' : 'dns_failed', detail: cause.code }
    case 'connect':
      return { phase, code: connectCode(cause.code), detail: cause.code }
    case 'tls':
      return { phase, code: tlsCode(cause.code), detail: tlsDetail(cause) }
    case 'build':
    case 'send':
    case 'headers':
      return exchangeFailure(cause, phase)
    case 'body':
      return {
        phase,
        code: 'answer_cut',
        detail: isParserError(cause) ? 'what followed is not valid HTTP' : closed(cause),
      }
  }
}

function exchangeFailure(cause: Cause, phase: Phase): Failure {
  if (cause.code === 'UND_ERR_INVALID_ARG' || cause.code === 'UND_ERR_NOT_SUPPORTED') {
    return { phase: 'build', code: 'header_invalid', detail: 'The request line or a header cannot be written' }
  }
  if (cause.code === 'UND_ERR_HEADERS_OVERFLOW')
    return { phase: 'headers', code: 'invalid_answer', detail: 'its headers are too large' }
  if (cause.code === LENGTH_MISMATCH)
    return { phase: 'headers', code: 'invalid_answer', detail: 'its headers contradict each other' }
  if (isParserError(cause)) return { phase: 'headers', code: 'invalid_answer', detail: parserDetail(cause) }
  if (cause.code === TOO_MANY_INTERIM) return { phase: 'headers', code: 'invalid_answer', detail: cause.message }
  if (UNASKED.has(cause.message))
    return { phase: 'headers', code: 'invalid_answer', detail: 'a change of protocols that nobody asked for' }
  return { phase, code: 'connection_reset', detail: closed(cause) }
}

function connectCode(code: string): FailureCode {
  if (code === 'ECONNREFUSED') return 'connect_refused'
  return UNREACHABLE.has(code) ? 'connect_unreachable' : 'connection_reset'
}

function isParserError({ name, code }: Cause): boolean {
  return name === 'HTTPParserError' || code === 'ERR_ASSERTION'
}

function parserDetail({ code, data }: Cause): string {
  if (code === 'ERR_ASSERTION') return 'its status is not one of HTTP'
  return data ? `the parser gave up at ${JSON.stringify(data.slice(0, SHOWN_BYTES))}` : 'the parser gave up'
}

function closed({ code, message }: Cause): string {
  if (code === LENGTH_MISMATCH) return 'fewer bytes than announced'
  return message === 'other side closed' || code === 'UND_ERR_SOCKET' ? 'closed by the receiver' : code
}

/** Of several addresses that failed, the one where somebody answered says most. */
function causeOf(error: unknown): Cause {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error]
  const causes = errors.map(toCause)
  return causes.find(({ code }) => code === 'ECONNREFUSED') ?? causes[0] ?? toCause(error)
}

function toCause(error: unknown): Cause {
  const fields: { name?: unknown; code?: unknown; message?: unknown; reason?: unknown; data?: unknown } =
    typeof error === 'object' && error !== null ? error : {}
  return {
    name: typeof fields.name === 'string' ? fields.name : '',
    code: typeof fields.code === 'string' ? fields.code : 'unknown cause',
    message: typeof fields.message === 'string' ? fields.message : '',
    reason: typeof fields.reason === 'string' ? fields.reason : null,
    data: typeof fields.data === 'string' ? fields.data : null,
  }
}
