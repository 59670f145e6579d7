import { parseJson } from '#shared/model/parse-json.ts'
import { valueAt } from '../../content/json-path.ts'
import { proven } from '../finding.ts'
import type { CandidateSecret, Change, DoctorCase, Hypothesis } from '../subject.ts'
import { decodings } from './decodings.ts'
import { cleanedSecret } from './own-secrets.ts'

/** The request was signed with the secret of another source or endpoint, or with one that was replaced. */
export const otherSecrets: Hypothesis = function* ({ sender, message, candidates }) {
  const related = (candidate: CandidateSecret) => (candidate.provider === sender.id ? 0 : 1)
  const ordered = candidates.toSorted((one, other) => related(one) - related(other))
  const mode = modeOf(message.body)
  for (const candidate of ordered) yield change(candidate, sender, mode)
  for (const candidate of ordered) {
    const { findings } = change(candidate, sender, mode)
    for (const decoding of decodings(sender, [cleanedSecret(candidate.text)])) {
      yield { ...decoding, findings: [...findings, ...decoding.findings] }
    }
  }
}

function change(candidate: CandidateSecret, sender: DoctorCase['sender'], mode: ReturnType<typeof modeOf>): Change {
  const isMixed = mode !== null && candidate.provider === sender.id && !candidate.isPrevious
  const finding = candidate.isPrevious ? previous : isMixed ? testLiveMixed(mode) : other
  return {
    findings: [finding(candidate.label)],
    apply: (subject) => ({ ...subject, secrets: [candidate.text] }),
  }
}

/** Whether a sender says that the event is of its test or its live mode; null where it says nothing. */
function modeOf(body: Uint8Array): 'test' | 'live' | null {
  const root = parseJson(body)
  const isLive = valueAt(root, 'livemode') ?? valueAt(root, 'live')
  if (isLive === true || isLive === 'true') return 'live'
  return isLive === false || isLive === 'false' ? 'test' : null
}

const other = (secret: string) =>
  proven('other_secret', {
    title: `It is signed with the secret of ${secret}`,
    explanation: `The secret of ${secret} proves this request; the ones that it was judged by do not.`,
    fix: 'Enter that secret here too, or point the sender to the address that the secret belongs to.',
    secret,
  })

const previous = (secret: string) =>
  proven('previous_secret', {
    title: `It is signed with an earlier secret of ${secret}`,
    explanation: 'The secret that proves this request was replaced, and its overlap is over.',
    fix: 'Enter the new secret where the sender signs, or rotate once more with a longer overlap.',
    secret,
  })

const testLiveMixed = (mode: 'test' | 'live') => (secret: string) =>
  proven('test_live_mixed', {
    title: `It is a ${mode}-mode event, signed with the secret of ${secret}`,
    explanation: `The sender has a secret for test mode and another for live mode. This event is of its ${mode} mode, and the secret of ${secret} proves it.`,
    fix: `Judge it with the secret of the sender’s ${mode} mode: enter that one here, or give ${mode} mode its own address.`,
    secret,
  })
