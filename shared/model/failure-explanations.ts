import { ANSWERS } from './explanations/answers.ts'
import { BUILDING } from './explanations/building.ts'
import { CONNECTING } from './explanations/connecting.ts'
import { EXCHANGE } from './explanations/exchange.ts'
import type { Explanation, Explanations, Facts } from './explanations/facts.ts'
import { INSIDE } from './explanations/inside.ts'
import type { Failure, FailureCode } from './failure.ts'

export type { Explanation } from './explanations/facts.ts'

/** One for every code. */
const EXPLANATIONS: Explanations<FailureCode> = { ...BUILDING, ...CONNECTING, ...EXCHANGE, ...ANSWERS, ...INSIDE }

/** What is known of the attempt beside its failure; null where it is not. */
export interface FailureContext {
  status: number | null
  /** The URL that was asked. */
  url: string | null
  /** The deadline in force. */
  timeoutMs: number | null
  totalMs: number | null
}

const AUTHORITY = /^(https?):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^:/?#]+)(?::(\d+))?/i

/** A failure in words for a person: what happened, why, and the next step. */
export function explainFailure(failure: Failure, context: FailureContext): Explanation {
  return EXPLANATIONS[failure.code](factsOf(failure, context))
}

function factsOf(failure: Failure, { status, url, timeoutMs, totalMs }: FailureContext): Facts {
  const [, scheme = 'http', host = 'the receiver', given] = AUTHORITY.exec(url ?? '') ?? []
  const port = given ?? (scheme.toLowerCase() === 'https' ? '443' : '80')
  const took = totalMs === null ? '' : ` in ${duration(totalMs)}`
  return {
    host,
    address: host === 'the receiver' ? host : `${host}:${port}`,
    port,
    answer: `${status ?? 'an unexpected status'}${took}`,
    deadline: timeoutMs === null ? 'its deadline' : duration(timeoutMs),
    status,
    failure,
  }
}

function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`
}
