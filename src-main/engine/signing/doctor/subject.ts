import type { Finding } from '#shared/model/diagnosis.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import type { SigningScheme } from '../scheme.ts'
import { isAsymmetric } from '../secret.ts'
import { type ReceivedMessage, verify } from '../verify.ts'

/** A sender that the doctor knows. */
export interface KnownSender {
  id: string
  name: string
  signing: SigningScheme | null
}

/** A secret that is not the request's own but may have signed it. */
export interface CandidateSecret {
  text: string
  /** Whose it is, such as `source “Shop”`: what a finding shows in place of the secret. */
  label: string
  /** The provider that it is used with. */
  provider: string | null
  /** Whether it was replaced by a newer one. */
  isPrevious: boolean
}

/** A request that may not verify, and what is known around it. */
export interface DoctorCase {
  /** Who is said to have sent it. */
  sender: KnownSender & { signing: SigningScheme }
  message: ReceivedMessage
  candidates: readonly CandidateSecret[]
  /** Whom it may really be from. */
  senders: readonly KnownSender[]
  /** The source's public URL, and where its captures begin, such as `/in/shop`. */
  publicUrl: string | null
  mountPath: string | null
}

/** What is judged: a request, and the scheme that it is judged by. */
export interface Subject extends ReceivedMessage {
  scheme: SigningScheme
}

/** A change to a subject that may make it verify, and what to say if it does. */
export interface Change {
  findings: readonly Finding[]
  /** What making it took, as `costOf` counts; nothing to speak of where it is left out. */
  cost?: number
  apply(subject: Subject): Subject
}

/** One idea of what went wrong, as changes to try, the likeliest first. */
export type Hypothesis = (case_: DoctorCase) => Iterable<Change>

/** The verdict after a change; null where it proves nothing. An old or early message is genuine all the same. */
export function provenVerdict(subject: Subject): Verdict | null {
  const verdict = verify(subject.scheme, subject)
  return isGenuine(verdict) ? verdict : null
}

export function isGenuine({ verdict, reason }: Verdict): boolean {
  return verdict === 'valid' || reason === 'stale_timestamp' || reason === 'future_timestamp'
}

/** Every form of a scheme, the preferred one first. */
export function formsOf(scheme: SigningScheme): readonly SigningScheme[] {
  return [scheme, ...(scheme.also ?? [])]
}

/** A scheme with each of its forms changed. */
export function eachForm(scheme: SigningScheme, change: (form: SigningScheme) => SigningScheme): SigningScheme {
  const { also, ...first } = scheme
  return { ...change(first), ...(also && { also: also.map(change) }) }
}

/** Beside its body, what a trial costs: reading headers, keys and templates, in bytes hashed in that time. */
const FIXED_COST = 16_384
const PARSED_COST = 8
const ASYMMETRIC_COST = 4

/** About how much work judging a subject is, in bytes hashed. */
export function costOf({ scheme, body, secrets }: Subject): number {
  const readsJson = scheme.fields !== undefined || scheme.timestampField !== undefined
  const fixed = FIXED_COST * (isAsymmetric(scheme.key) ? ASYMMETRIC_COST : 1)
  return (fixed + body.byteLength * (readsJson ? PARSED_COST : 1)) * Math.max(1, secrets.length)
}
