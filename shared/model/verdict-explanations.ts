import type { EventVerdict } from './findings.ts'
import type { VerdictReason } from './verdict.ts'

/** A verdict in words for a person: what was found, what it means, and what to do next. */
export interface VerdictExplanation {
  title: string
  explanation: string
  /** Null where nothing is to be done. */
  nextStep: string | null
}

interface Facts {
  /** What the sender is called. */
  sender: string
  /** How far the signed time lies from the clock, such as `6 min`. */
  skew: string
}

const REASONS: Readonly<Record<VerdictReason, (facts: Facts) => VerdictExplanation>> = {
  missing_header: ({ sender }) => ({
    title: 'A part of the signature is missing',
    explanation: `The request lacks something that ${sender} sends with every signature, so nothing proves who sent it.`,
    nextStep: `If it did come from ${sender}, set a secret for this webhook there and make sure that no proxy drops headers. Otherwise take it for forged.`,
  }),
  duplicate_header: ({ sender }) => ({
    title: 'A part of the signature stands twice',
    explanation: `${sender} sends each of these headers once. Of two, one program may check the first and another use the second, so neither counts.`,
    nextStep: 'Compare the values below: a proxy may have added one, or somebody tries which of them you check.',
  }),
  malformed_header: ({ sender }) => ({
    title: 'The signature cannot be read',
    explanation: `What stands in its place is not written as ${sender} writes it.`,
    nextStep: `Make sure that the source names the right sender and that nothing on the way rewrites headers.`,
  }),
  unsupported_version: ({ sender }) => ({
    title: 'The signature is of another version',
    explanation: `It carries a signature, but of no version of ${sender}’s scheme that is known here.`,
    nextStep: `Have ${sender} sign in a version that receivers know, or check whether the source names the right sender.`,
  }),
  stale_timestamp: ({ sender, skew }) => ({
    title: 'The signature is genuine and too old',
    explanation: `It was made ${skew} before the request came, longer ago than ${sender}’s own verifiers accept. Who overheard a request can send it again like this.`,
    nextStep:
      'If it came straight from the sender, set this machine’s clock or find what held the request up. Otherwise take it for a replay.',
  }),
  future_timestamp: ({ sender, skew }) => ({
    title: 'The signature is genuine and from the future',
    explanation: `Its time lies ${skew} ahead of this machine’s clock, more than ${sender}’s own verifiers accept.`,
    nextStep: 'Set the clock of this machine, or of the sender: one of them is wrong.',
  }),
  signature_mismatch: ({ sender }) => ({
    title: 'The signature does not match',
    explanation: `None of the source’s secrets makes this signature over what arrived: another secret signed, or something changed on the way.`,
    nextStep: `Compare the secret with the one that ${sender} shows for this webhook. If it is the right one, look for a proxy that writes the body anew, and check the source’s public address where the URL is signed too.`,
  }),
  previous_secret: ({ sender }) => ({
    title: 'Genuine, by an older secret',
    explanation: `The signature is right, but not made with the newest secret of the source.`,
    nextStep: `Have ${sender} use the newest secret. Once nothing comes with the older one, remove it from the source.`,
  }),
  no_secret: ({ sender }) => ({
    title: 'Not checked: there was no secret',
    explanation: `The source had no secret that could be used when the request came, so its signature says nothing.`,
    nextStep: `Give the source the secret that ${sender} shows for this webhook. What comes from then on is judged.`,
  }),
}

/** Takes the verdict, what its provider is called, and how to write a span of ms. */
export function explainVerdict(
  { reason, skewSeconds = 0 }: EventVerdict,
  { sender, formatSpan }: { sender: string; formatSpan: (ms: number) => string },
): VerdictExplanation {
  if (reason !== null) return REASONS[reason]({ sender, skew: formatSpan(Math.abs(skewSeconds) * 1_000) })
  return {
    title: 'The signature is genuine',
    explanation: `The newest secret of the source proves that it was made for this very request by ${sender}, or by somebody else who has the secret.`,
    nextStep: null,
  }
}
