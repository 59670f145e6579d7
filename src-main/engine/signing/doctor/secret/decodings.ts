import { proven } from '../finding.ts'
import type { KeyDecoding } from '../../scheme.ts'
import { isAsymmetric } from '../../secret.ts'
import { type Change, type DoctorCase, eachForm } from '../subject.ts'

const PREFIX = /^[a-z]{2,10}_(?:[a-z]{2,10}_)?/

interface Reading {
  words: string
  key: KeyDecoding
  /** What of the secret is read. */
  part: (secret: string) => string
}

const bare = (secret: string) => secret.replace(PREFIX, '')
const whole = (secret: string) => secret

const READINGS: readonly Reading[] = [
  { words: 'its text, whole', key: 'utf8', part: whole },
  { words: 'the base64 after its prefix, decoded', key: { base64AfterPrefix: '' }, part: bare },
  { words: 'the text after its prefix', key: 'utf8', part: bare },
  { words: 'its hexadecimal digits, decoded', key: 'hex', part: bare },
  { words: 'its base64, decoded', key: { base64AfterPrefix: '' }, part: whole },
  { words: 'its text in lower case', key: 'utf8', part: (secret) => secret.toLowerCase() },
  { words: 'its text in upper case', key: 'utf8', part: (secret) => secret.toUpperCase() },
]

/** The ways of turning shared secrets into keys that are not the sender’s own. */
export function* decodings(
  { name, signing: { key: own } }: DoctorCase['sender'],
  secrets: readonly string[],
): Iterable<Change> {
  if (isAsymmetric(own)) return
  const seen = new Set([JSON.stringify([own, secrets])])
  for (const { words, key, part } of READINGS) {
    const read = secrets.map(part)
    const id = JSON.stringify([key, read])
    if (seen.has(id)) continue
    seen.add(id)
    yield {
      findings: [finding(name, words, ownWords(own))],
      apply: (subject) => ({
        ...subject,
        secrets: read,
        scheme: eachForm(subject.scheme, (form) => (isAsymmetric(form.key) ? form : { ...form, key })),
      }),
    }
  }
}

function ownWords(own: KeyDecoding): string {
  if (own === 'utf8') return 'its text, whole'
  return own === 'hex' ? 'its hexadecimal digits, decoded' : 'the base64 after its prefix, decoded'
}

function finding(name: string, found: string, expected: string) {
  return proven('secret_decoding', {
    title: 'The secret was turned into a key in another way',
    explanation: `The signature was made with ${found}. ${name} uses ${expected}.`,
    fix: `Where you sign or verify yourself, use ${expected}. Where a real sender signed it so, it is another one than ${name}: change the provider.`,
    found,
    expected,
  })
}
