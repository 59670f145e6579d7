import type { Failure, FailureCode } from '#shared/model/failure.ts'
import { headerValue, headerValues } from '#shared/model/header.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { TransportResponse, TransportResult } from '../ports/transport.ts'
import { parseRetryAfter } from './retry-after.ts'

/** What an attempt means for its delivery, before the schedule has its say. */
export type Verdict =
  /** `note` tells of an answer that was good but did not come whole. */
  | { kind: 'succeeded'; note: Failure | null }
  | { kind: 'retry'; failure: Failure; retryAfterMs: number | null; pause: 'gone' | null }
  | { kind: 'stop'; failure: Failure; pause: 'gone' | null }
  /** Cut by ourselves: nothing is known, and nothing is counted. */
  | { kind: 'interrupted' }

export type FailedVerdict = Extract<Verdict, { kind: 'retry' | 'stop' }>

/** Judges what came back by the policy. `now` (unix ms) dates a Retry-After. */
export function judge(result: TransportResult, policy: Policy, now: number): Verdict {
  const { response, failure } = result
  if (failure?.code === 'interrupted') return { kind: 'interrupted' }
  if (failure && failure.code !== 'answer_cut') return judgeFailure(failure, policy)
  if (response) return judgeAnswer(response, failure, { policy, now })
  return retry(
    failure ?? {
      code: 'internal_error',
      phase: 'headers',
      detail: 'The transport returned neither an answer nor a cause.',
    },
  )
}

/** Judges an attempt whose request could not be built: nothing was sent. */
export function judgeUnbuilt(failure: Failure): FailedVerdict {
  return failure.code === 'secret_locked' ? retry(failure) : { kind: 'stop', failure, pause: null }
}

/** A timeout or a reset may pass by itself, whatever the policy says of the rest. */
function judgeFailure(failure: Failure, { networkErrors, invalidAnswers }: Policy): FailedVerdict {
  const action = failure.code === 'invalid_answer' ? invalidAnswers : isNetworkError(failure) ? networkErrors : 'retry'
  return action === 'stop' ? { kind: 'stop', failure, pause: null } : retry(failure)
}

function isNetworkError({ code, phase }: Failure): boolean {
  if (code === 'timed_out' || code === 'connection_reset') return false
  return phase === 'dns' || phase === 'connect' || phase === 'tls'
}

function judgeAnswer(
  response: TransportResponse,
  cut: Failure | null,
  { policy, now }: { policy: Policy; now: number },
): Verdict {
  const { status } = response
  if (isSuccess(status, policy)) {
    const stranger = strangersAnswer(response, policy)
    return stranger ? retry(stranger) : { kind: 'succeeded', note: cut }
  }
  const asked = stopAsked(response, policy)
  if (asked) return asked
  const failure = statusFailure(response)
  const pause = status === 410 && policy.goneAction === 'pause' ? 'gone' : null
  if (stops(status, policy)) return { kind: 'stop', failure, pause }
  return { kind: 'retry', failure, retryAfterMs: retryAfterMs(response, policy, now), pause }
}

/** What the receiver said itself about further tries; a 410 tells that in its own way. */
function stopAsked({ status, headers }: TransportResponse, { stop }: Policy): FailedVerdict | null {
  const asked = stop.headers.filter(({ name, value }) => holds(headerValues(headers, name), value))
  const said = asked.find(({ action }) => action === 'pause') ?? asked[0]
  if (said) {
    const detail = `answered ${status} with “${said.name}: ${said.value}”`
    return { kind: 'stop', failure: stopped(detail), pause: said.action === 'pause' ? 'gone' : null }
  }
  if (status === 410 || !stop.statuses.includes(status)) return null
  return { kind: 'stop', failure: stopped(`answered ${status}`), pause: null }
}

function holds(values: readonly string[], wanted: string): boolean {
  const given = values.flatMap((value) => [value, ...value.split(',')])
  return given.some((value) => value.trim().toLowerCase() === wanted.trim().toLowerCase())
}

function stopped(detail: string): Failure {
  return { code: 'stopped_by_receiver', phase: 'headers', detail }
}

/** A good status that somebody else gave: a captive portal answers for every address. */
function strangersAnswer({ headers }: TransportResponse, { expectedContentType }: Policy): Failure | null {
  if (expectedContentType === null) return null
  const given = headerValue(headers, 'content-type')
  const mediaType = given?.split(';')[0]?.trim().toLowerCase()
  if (mediaType === expectedContentType.toLowerCase()) return null
  const detail = `${given?.slice(0, 100) ?? 'without a content type'} in place of ${expectedContentType}`
  return { code: 'unexpected_content_type', phase: 'headers', detail }
}

function isSuccess(status: number, { success }: Policy): boolean {
  return success === '2xx' ? status >= 200 && status <= 299 : success.includes(status)
}

function stops(status: number, { clientErrors, redirects, stop }: Policy): boolean {
  if (stop.statuses.includes(status)) return true
  if (status >= 300 && status <= 399) return redirects === 'stop'
  return status >= 400 && status <= 499 && clientErrors.stop && !clientErrors.except.includes(status)
}

function retryAfterMs({ headers }: TransportResponse, { retryAfter }: Policy, now: number): number | null {
  if (!retryAfter.honour) return null
  const asked = parseRetryAfter(headerValue(headers, 'retry-after'), now)
  return asked === null ? null : Math.min(asked, retryAfter.capMs)
}

function statusFailure({ status, headers }: TransportResponse): Failure {
  const location = headerValue(headers, 'location')
  const detail =
    status >= 300 && status <= 399 && location !== null
      ? `answered ${status} to ${location.slice(0, 500)}`
      : `answered ${status}`
  return { code: statusCode(status), phase: 'headers', detail }
}

function statusCode(status: number): FailureCode {
  if (status === 410) return 'gone'
  if (status === 429) return 'throttled'
  if (status >= 500) return 'server_error'
  if (status >= 400) return 'client_error'
  if (status >= 300 && status !== 304) return 'redirect'
  return 'unexpected_status'
}

function retry(failure: Failure): FailedVerdict {
  return { kind: 'retry', failure, retryAfterMs: null, pause: null }
}
