import { explainFailure } from '#shared/model/failure-explanations.ts'
import { RelayUnreachedError } from '../../ports.ts'

/** Why a link is not live. */
export interface LinkProblem {
  /** `refused` needs a person before a further try makes sense; `stalled` means that the relay fell silent. */
  kind: 'waiting' | 'refused' | 'stalled'
  reason: string
  hint: string | null
  /** How long to wait at least, where the relay says so. */
  retryAfterMs?: number | undefined
}

/** Ends a session, and says why. */
export class LinkProblemError extends Error {
  readonly problem: LinkProblem

  constructor(problem: LinkProblem) {
    super(problem.reason)
    this.name = 'LinkProblemError'
    this.problem = problem
  }
}

export function silence(silenceMs: number): LinkProblem {
  return {
    kind: 'stalled',
    reason: `Nothing was heard of the relay for ${Number((silenceMs / 1_000).toFixed(1))} s.`,
    hint: 'The network between this machine and the relay lets nothing through; it is tried again by itself.',
  }
}

/** What any error of a session means for its link; `url` is the relay's. */
export function problemOf(error: unknown, url: string): LinkProblem {
  if (error instanceof LinkProblemError) return error.problem
  if (error instanceof RelayUnreachedError) {
    const context = { status: null, url, timeoutMs: null, totalMs: null }
    const { title, explanation, nextStep } = explainFailure(error.failure, context)
    const isOurs = error.failure.phase === 'body' || error.failure.code === 'connection_reset'
    if (isOurs) return { kind: 'waiting', reason: 'The connection to the relay was lost.', hint: null }
    return { kind: 'waiting', reason: `${title}. ${explanation}`, hint: nextStep }
  }
  return { kind: 'waiting', reason: error instanceof Error ? error.message : String(error), hint: null }
}
