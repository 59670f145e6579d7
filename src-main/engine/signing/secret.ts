import type { Random } from '../ports/system.ts'
import { newPrivateKey, privateKey, publicKey } from './keys/asymmetric-key.ts'
import { keyBytes } from './keys/key.ts'
import type { KeyDecoding, SigningScheme } from './scheme.ts'

/** A fresh secret in the form that the scheme's senders use. */
export function newSecret(scheme: SigningScheme, random: Pick<Random, 'bytes'>): string {
  const { prefix, bytes, encoding } = scheme.newSecret
  if (isAsymmetric(scheme.key) || encoding === 'pem') return prefix + newPrivateKey(scheme.algorithm, encoding, random)
  return prefix + Buffer.from(random.bytes(bytes)).toString(encoding)
}

/** Why a secret can verify under no form of this scheme, with the fix and never the value; null where it can. */
export function checkVerifyingSecret(scheme: SigningScheme, text: string): string | null {
  const problems = [scheme, ...(scheme.also ?? [])].map((form) => verifyingProblem(form, text))
  return problems.includes(null) ? null : (problems[0] ?? null)
}

function verifyingProblem(scheme: SigningScheme, text: string): string | null {
  const { key, algorithm } = scheme
  if (text === '' || !isAsymmetric(key)) return checkSecret(scheme, text)
  const { label, key: material } = splitLabel(key, text)
  if (key.asymmetric.label && label === '') return NO_LABEL
  if (publicKey(algorithm, key.asymmetric, material)) return null
  return 'This is no key that the sender’s signatures can be checked with: use its public key or certificate, as PEM, hex or base64.'
}

const NO_LABEL = 'The secret has no label: write the webhook id, a colon and the key.'

/** Why a secret cannot sign under this scheme, with the fix and never the value; null where it can. */
export function checkSecret({ key, algorithm }: SigningScheme, text: string): string | null {
  if (text === '') return 'The secret is empty: paste the whole secret.'
  if (isAsymmetric(key)) {
    const { label, key: material } = splitLabel(key, text)
    if (key.asymmetric.label && label === '') return NO_LABEL
    if (privateKey(algorithm, key.asymmetric, material)) return null
    return 'The secret is no private key: signing needs one as PEM, hex or base64; a public key or certificate only verifies.'
  }
  if (text !== text.trim()) return 'The secret begins or ends with a space or line break: remove it.'
  if (keyBytes(key, text)) return null
  if (key === 'hex') return 'The secret is not hexadecimal: use an even number of the digits 0-9 and a-f.'
  if (key === 'utf8') return 'The secret is empty: paste the whole secret.'
  const prefix = key.base64AfterPrefix === '' ? '' : `${key.base64AfterPrefix} and then `
  return `The secret is not base64: use ${prefix}base64, as the sender or receiver shows it.`
}

export function isAsymmetric(key: KeyDecoding): key is Extract<KeyDecoding, { asymmetric: unknown }> {
  return typeof key === 'object' && 'asymmetric' in key
}

/** What stands before the first colon of a labelled secret, and the key after it. */
export function splitLabel(decoding: KeyDecoding, text: string): { label: string; key: string } {
  const [, label = '', key = text] = labelOf(decoding) ? (/^\s*([\w.-]+):([^]*)$/.exec(text) ?? []) : []
  return { label, key }
}

const labelOf = (decoding: KeyDecoding) => isAsymmetric(decoding) && decoding.asymmetric.label === true
