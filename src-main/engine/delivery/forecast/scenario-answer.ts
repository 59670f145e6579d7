import { NO_TIMINGS } from '#shared/model/attempt.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { Fault, Scenario, ScenarioSpan } from '#shared/model/forecast.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { TransportResult } from '../../ports/transport.ts'

const FAILURES: Readonly<Record<Fault, Omit<Failure, 'detail'>>> = {
  timeout: { code: 'timed_out', phase: 'headers' },
  refused: { code: 'connect_refused', phase: 'connect' },
  reset: { code: 'connection_reset', phase: 'headers' },
  dns: { code: 'dns_not_found', phase: 'dns' },
  tls: { code: 'tls_untrusted', phase: 'tls' },
  not_http: { code: 'invalid_answer', phase: 'headers' },
}

/** How the receiver behaves `atMs` after the event. */
export function spanAt({ answers }: Pick<Scenario, 'answers'>, atMs: number): ScenarioSpan {
  const span = answers.find(({ untilMs }) => untilMs === null || atMs < untilMs) ?? answers.at(-1)
  if (!span) throw new Error('A scenario has no answers')
  return span
}

/** What a transport would tell of it. */
export function resultOf(span: ScenarioSpan): TransportResult {
  if ('fault' in span) {
    return { response: null, failure: { ...FAILURES[span.fault], detail: 'foreseen' }, timings: NO_TIMINGS }
  }
  const headers = Object.entries(span.headers ?? {})
  if (span.retryAfter !== undefined) headers.push(['Retry-After', span.retryAfter])
  const response = { status: span.status, headers, body: new Uint8Array(), truncated: false, remoteAddress: null }
  return { response, failure: null, timings: NO_TIMINGS }
}

/** How long the attempt takes, in ms: all of its deadline where nothing comes, and nothing to speak of else. */
export function tookMs(span: ScenarioSpan, { timeoutMs }: Pick<Policy, 'timeoutMs'>): number {
  return 'fault' in span && span.fault === 'timeout' ? timeoutMs : 0
}
