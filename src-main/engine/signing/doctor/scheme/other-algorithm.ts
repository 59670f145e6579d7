import { proven } from '../finding.ts'
import type { SigningScheme } from '../../scheme.ts'
import { eachForm, type Hypothesis } from '../subject.ts'

const HMACS = ['hmac-sha256', 'hmac-sha1', 'hmac-sha512'] as const
const WORDS: Readonly<Record<string, string>> = {
  'hmac-sha1': 'HMAC-SHA1',
  'hmac-sha256': 'HMAC-SHA256',
  'hmac-sha512': 'HMAC-SHA512',
  sha256: 'plain SHA-256',
}

/** The request was signed with another hash, or with a hash over secret and content in place of an HMAC. */
export const otherAlgorithm: Hypothesis = function* ({ sender: { name, signing } }) {
  const own = WORDS[signing.algorithm]
  if (own === undefined) return
  for (const algorithm of HMACS.filter((each) => each !== signing.algorithm)) {
    yield change(name, [WORDS[algorithm] ?? algorithm, own], (form) => ({ ...form, algorithm, ...withoutSecret(form) }))
  }
  if (signing.algorithm === 'sha256') return
  for (const [before, after] of [
    ['{secret}', ''],
    ['', '{secret}'],
  ]) {
    yield change(name, ['plain SHA-256 over secret and content', own], (form) => ({
      ...form,
      algorithm: 'sha256',
      signedContent: `${before}${form.signedContent}${after}`,
    }))
  }
}

/** An HMAC has its key apart from the content. */
function withoutSecret({ signedContent }: SigningScheme) {
  return { signedContent: signedContent.replace('{secret}', '') }
}

function change(
  name: string,
  [found, expected]: readonly [string, string],
  to: (form: SigningScheme) => SigningScheme,
) {
  const isKnown = (form: SigningScheme) => WORDS[form.algorithm] !== undefined
  return {
    findings: [
      proven('other_algorithm', {
        title: `It is signed with ${found}`,
        explanation: `With the same secret and content, ${found} gives this signature. ${name} signs with ${expected}.`,
        fix: `Sign with ${expected}; or choose the provider that signs with ${found}.`,
        found,
        expected,
      }),
    ],
    apply: <T extends { scheme: SigningScheme }>(subject: T) => ({
      ...subject,
      scheme: eachForm(subject.scheme, (form) => (isKnown(form) ? to(form) : form)),
    }),
  }
}
