import type { Finding } from '#shared/model/diagnosis.ts'
import { hasSignature } from '../../carried.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import type { SigningScheme } from '../../scheme.ts'
import { likely, proven } from '../finding.ts'
import { type DoctorCase, formsOf, type Hypothesis, type KnownSender } from '../subject.ts'

type Signing = KnownSender & { signing: SigningScheme }

/** The request is another sender’s, signed with a secret that is known. */
export const otherProvider: Hypothesis = function* (case_) {
  const { message, sender, candidates } = case_
  const labels = new Map(candidates.map(({ text, label }) => [text, label]))
  const texts = [...new Set([...message.secrets, ...labels.keys()])]
  for (const other of othersIn(case_)) {
    for (const text of texts) {
      const label = message.secrets.includes(text) ? undefined : labels.get(text)
      yield {
        findings: [provenOther(other, sender.name, label)],
        apply: (subject) => ({ ...subject, scheme: other.signing, secrets: [text] }),
      }
    }
  }
}

/** Whom the request is from by its headers, where its own sender’s signature is absent; null where nobody fits. */
export function likelyOther(case_: DoctorCase): Finding | null {
  const { sender, message } = case_
  const root = parseJson(message.body)
  if (formsOf(sender.signing).some((form) => hasSignature(form, message.headers, root))) return null
  const [other] = othersIn(case_)
  return other ? likelySender(other, sender.name) : null
}

/** The other senders whose signature stands in the request, those with the most of their headers there first. */
function othersIn({ senders, sender, message: { headers, body } }: DoctorCase): readonly Signing[] {
  const present = new Set(headers.map(([name]) => name.toLowerCase()))
  const root = parseJson(body)
  return senders
    .filter((each): each is Signing => each.signing !== null && each.id !== sender.id)
    .filter(({ signing }) => formsOf(signing).some((form) => hasSignature(form, headers, root)))
    .map((each) => ({ each, fits: namesOf(each.signing).filter((name) => present.has(name)).length }))
    .toSorted((one, other) => other.fits - one.fits)
    .map(({ each }) => each)
}

const namesOf = (scheme: SigningScheme) =>
  formsOf(scheme).flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase()))

function provenOther(other: Signing, name: string, secret: string | undefined): Finding {
  return proven('other_provider', {
    title: `The request is one of ${other.name}`,
    explanation: `It was judged as one of ${name}, but it is signed as ${other.name} signs${secret === undefined ? ', with the same secret' : `, with the secret of ${secret}`}.`,
    fix: `Choose ${other.name} as the provider.`,
    provider: other.id,
    ...(secret !== undefined && { secret }),
  })
}

function likelySender(other: Signing, name: string): Finding {
  return likely('other_provider', {
    title: `The request looks like one of ${other.name}`,
    explanation: `It was judged as one of ${name}, whose signature it does not carry. It carries the headers of ${other.name}.`,
    fix: `Choose ${other.name} as the provider and enter its secret.`,
    provider: other.id,
  })
}
