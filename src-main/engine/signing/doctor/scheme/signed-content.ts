import { proven } from '../finding.ts'
import { eachForm, type Hypothesis } from '../subject.ts'

/** What senders sign, the most frequent first. */
const CONTENTS = [
  '{body}',
  '{timestamp}.{body}',
  '{id}.{timestamp}.{body}',
  '{timestamp}:{body}',
  '{timestamp}{body}',
  '{body}{timestamp}',
  'v0:{timestamp}:{body}',
  '{id}{timestamp}{body}',
  '{url}{body}',
  '{method}{url}{body}{timestamp}',
]

/** The parts were put together in another way before they were signed. */
export const signedContent: Hypothesis = function* ({ sender: { name, signing } }) {
  const { algorithm, signedContent: own } = signing
  // Without a key of its own, the content must hold the secret.
  if (signing.fields || algorithm === 'token' || algorithm === 'sha256') return
  for (const content of CONTENTS.filter((each) => each !== own)) {
    yield {
      findings: [
        proven('signed_content', {
          title: `What is signed is ${content}`,
          explanation: `The secret is right, and the signature is one of ${content}. ${name} signs ${own}.`,
          fix: `Put together ${own} as bytes and sign that.`,
          found: content,
          expected: own,
        }),
      ],
      apply: (subject) => ({
        ...subject,
        scheme: eachForm(subject.scheme, (form) => ({ ...form, signedContent: content })),
      }),
    }
  }
}
