import type { Failure, FailureCode, Phase } from '../failure.ts'

/** A failure in words for a person. */
export interface Explanation {
  title: string
  explanation: string
  /** Whether the receiver may have handled the request. */
  processed: 'no' | 'maybe' | 'yes'
  nextStep: string
}

/** What the words are made of. */
export interface Facts {
  /** Host name without port. */
  host: string
  /** Host and port as they were dialled. */
  address: string
  port: string
  /** Such as `401 in 12 ms`. */
  answer: string
  deadline: string
  status: number | null
  failure: Failure
}

/** The explanations of some of the codes. */
export type Explanations<Code extends FailureCode> = Readonly<Record<Code, (facts: Facts) => Explanation>>

/** Whether an attempt that ended in `phase` may have reached the receiver. */
export function sentOrNot(phase: Phase): 'no' | 'maybe' {
  return phase === 'send' || phase === 'headers' || phase === 'body' ? 'maybe' : 'no'
}
