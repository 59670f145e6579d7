import type { Diagnosis, Finding } from '#shared/model/diagnosis.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import { verify } from '../verify.ts'
import { HYPOTHESES } from './hypotheses.ts'
import { likelyFindings } from './likely.ts'
import { type Change, costOf, type DoctorCase, isGenuine, provenVerdict, type Subject } from './subject.ts'
import { timeFindings } from './time-findings.ts'

/** What may be spent on one request, in bytes hashed: about a second on an ordinary machine. */
const BUDGET = 512 * 1_048_576
/** After so much of it, others may have a turn. */
const SLICE = 8 * 1_048_576
/** Two changes at once are tried with so many of each kind, the likeliest. */
const PAIRED = 24
/** Larger changed bodies are not kept to be tried with a second change. */
const PAIRED_BODY_BYTES = 65_536

interface Proof {
  findings: readonly Finding[]
  verdict: Verdict
}

/** Pauses where others may have a turn; what it returns is the proof, if any. */
type Search = Generator<undefined, Proof | null>

/** Explains a verdict in one go. Never throws. */
export function diagnose(case_: DoctorCase): Diagnosis {
  const run = examine(case_)
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
}

/**
 * Searches for the change, or the two changes of different kinds, with which the request verifies; a change counts only
 * where the signature is right with it. Where none is found, plain facts that stand in the way are named. Pauses after each
 * slice of work, so that a large body holds up nobody.
 */
export function* examine(case_: DoctorCase): Generator<undefined, Diagnosis> {
  const { sender, message } = case_
  const verdict = verify(sender.signing, message)
  if (isGenuine(verdict)) {
    return { ...verdict, findings: timeFindings(verdict, sender, message.nowMs), complete: true }
  }
  const work = createWork({ ...message, scheme: sender.signing })
  const kinds: Change[][] = []
  let proof: Proof | null = null
  for (const hypotheses of HYPOTHESES) {
    const tried: Change[] = []
    kinds.push(tried)
    for (const hypothesis of hypotheses) proof ??= yield* single(hypothesis(case_), work, tried)
  }
  proof ??= yield* pairs(kinds, work)
  const findings = proof
    ? [...proof.findings, ...timeFindings(proof.verdict, sender, message.nowMs)]
    : likelyFindings(case_, verdict)
  return { ...verdict, findings, complete: proof !== null || !work.isOver() }
}

function* single(changes: Iterable<Change>, work: Work, tried: Change[]): Search {
  for (const change of changes) {
    const subject = change.apply(work.subject)
    const verdict = work.judge(subject, change.cost)
    if (verdict) return { findings: change.findings, verdict }
    if (tried.length < PAIRED && subject.body.byteLength <= PAIRED_BODY_BYTES) tried.push(change)
    if (work.isOver()) return null
    if (work.needsPause()) yield
  }
  return null
}

function* pairs(kinds: readonly Change[][], work: Work): Search {
  for (const [index, kind] of kinds.entries()) {
    for (const other of kinds.slice(index + 1)) {
      for (const one of kind) {
        for (const two of other) {
          if (work.isOver()) return null
          const verdict = work.judge(two.apply(one.apply(work.subject)))
          if (verdict) return { findings: [...one.findings, ...two.findings], verdict }
        }
        if (work.needsPause()) yield
      }
    }
  }
  return null
}

/** Judges changed subjects while the budget lasts. */
interface Work {
  subject: Subject
  isOver(): boolean
  judge(subject: Subject, cost?: number): Verdict | null
  /** Whether a slice is used up; the next one begins. */
  needsPause(): boolean
}

function createWork(subject: Subject): Work {
  let spent = 0
  let pausedAt = 0
  return {
    subject,
    isOver: () => spent > BUDGET,
    judge(changed, cost = 0) {
      spent += costOf(changed) + cost
      return provenVerdict(changed)
    },
    needsPause() {
      if (spent - pausedAt < SLICE) return false
      pausedAt = spent
      return true
    },
  }
}
