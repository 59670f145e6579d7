import type { Policy } from '#shared/model/policy.ts'
import type { Verdict } from './outcome.ts'

interface Limits {
  breaker: Pick<NonNullable<Policy['breaker']>, 'consecutiveFailures'> | null
  concurrency: number
}

/**
 * How many more attempts may start. In flight and failures together never pass the breaker's threshold, so that it opens
 * after exactly as many failures as it says. An idle active endpoint may always try one: it could never recover otherwise.
 */
export function freeSlots({ breaker, concurrency }: Limits, failures: number, inFlight: number): number {
  const free = concurrency - inFlight
  if (!breaker) return Math.max(0, free)
  const failuresLeft = breaker.consecutiveFailures - failures - inFlight
  return Math.max(inFlight === 0 ? 1 : 0, Math.min(free, failuresLeft))
}

/** The count of failures in a row after an attempt, whatever triggered it. What never reached the endpoint does not count. */
export function failuresAfter(verdict: Verdict, failures: number): number {
  switch (verdict.kind) {
    case 'succeeded':
      return 0
    case 'interrupted':
      return failures
    case 'retry':
    case 'stop':
      return verdict.failure.phase === 'build' || verdict.failure.code === 'internal_error' ? failures : failures + 1
  }
}

export function isOpen({ breaker }: Pick<Limits, 'breaker'>, failures: number): boolean {
  return breaker !== null && failures >= breaker.consecutiveFailures
}
