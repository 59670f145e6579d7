import type { Failure, FailureCode } from '#shared/model/failure.ts'
import { headerValue } from '#shared/model/header.ts'
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
  if (failure && failure.code !== 'answer_cut') return retry(failure)
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

function judgeAnswer(
  response: TransportResponse,
  cut: Failure | null,
  { policy, now }: { policy: Policy; now: number },
): Verdict {
  const { status } = response
  if (isSuccess(status, policy)) return { kind: 'succeeded', note: cut }
  const failure = statusFailure(response)
  const pause = status === 410 && policy.goneAction === 'pause' ? 'gone' : null
  if (stops(status, policy)) return { kind: 'stop', failure, pause }
  return { kind: 'retry', failure, retryAfterMs: retryAfterMs(response, policy, now), pause }
}

function isSuccess(status: number, { success }: Policy): boolean {
  return success === '2xx' ? status >= 200 && status <= 299 : success.includes(status)
}

function stops(status: number, { clientErrors, redirects }: Policy): boolean {
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
