import type { ProviderDetail, SigningView } from '#shared/contract/catalog/providers.ts'
import type { Place } from '#shared/model/own-provider.ts'
import { formatWait } from '../../ui/format/time.ts'

const ALGORITHMS: Readonly<Record<string, string>> = {
  'hmac-sha1': 'HMAC-SHA1',
  'hmac-sha256': 'HMAC-SHA256',
  'hmac-sha512': 'HMAC-SHA512',
  sha256: 'A plain SHA-256',
  ed25519: 'Ed25519',
  'ecdsa-p256': 'ECDSA on P-256 with SHA-256',
  'rsa-sha256': 'RSA with SHA-256',
}

const KEYS: Readonly<Record<SigningView['key'], string>> = {
  text: 'The whole text of the secret is the key.',
  hex: 'The secret is the key in hexadecimal.',
  base64: 'The secret is the key in base64, after its prefix where it has one.',
  'key-pair': 'The sender signs with a private key; a receiver needs the public half alone.',
}

const UNITS = { s: 'seconds', ms: 'milliseconds', rfc3339: 'ISO 8601' } as const

/** How a provider signs, in sentences. */
export function signingWords(signing: SigningView | null): readonly string[] {
  if (signing === null) return ['It does not sign: a receiver cannot tell who sent a request.']
  const words = [whatWords(signing), whereWords(signing)]
  if (signing.algorithm !== 'token') words.push(KEYS[signing.key])
  words.push(timeWords(signing))
  if (signing.otherForms > 0) {
    const forms = signing.otherForms === 1 ? 'one other form' : `${signing.otherForms} other forms`
    words.push(`It is known to use ${forms} as well, which are verified too.`)
  }
  return words
}

function whatWords({ algorithm, signedContent, encoding }: SigningView): string {
  if (algorithm === 'token') return 'It shows the secret itself; nothing is signed.'
  const content = signedContent === '{body}' ? 'the raw body' : signedContent
  return `${ALGORITHMS[algorithm] ?? algorithm} over ${content}, written as ${encoding}.`
}

function whereWords({ headers, bodyField, signatureFormat }: SigningView): string {
  if (bodyField !== null) return `The signature stands in the body, at ${bodyField}.`
  const names = headers.filter(([, template]) => template.includes('{signature')).map(([name]) => name)
  const form = signatureFormat === '{signature}' ? '' : `, as ${signatureFormat}`
  return `The signature stands in the header ${names.join(' and ')}${form}.`
}

function timeWords({ timestampUnit, toleranceSeconds, signedContent }: SigningView): string {
  if (timestampUnit === null) return 'No time is sent, so a receiver cannot tell a repeat from a first.'
  const signed = signedContent.includes('{timestamp}') ? 'signed' : 'not signed'
  const sent = `A time in ${UNITS[timestampUnit]} is sent and ${signed}`
  const past = toleranceSeconds?.past ?? null
  if (past === null) return `${sent}; nothing is said of how old it may be.`
  const both = toleranceSeconds?.future === null ? '' : ', and what is as far ahead'
  return `${sent}; what is older than ${formatWait(past * 1_000)} is refused${both}.`
}

/** Where a request says what it is, in a sentence. */
export function recognitionWords({ recognition }: Pick<ProviderDetail, 'recognition'>): readonly string[] {
  const { eventType, messageId } = recognition
  return [
    eventType.length > 0
      ? `The event type stands in ${placeWords(eventType)}.`
      : 'A request does not name its event type.',
    messageId.length > 0
      ? `The message id stands in ${placeWords(messageId)}.`
      : 'A request carries no message id, so repeats cannot be told.',
  ]
}

function placeWords(places: readonly Place[]): string {
  return places
    .map((place) => {
      if ('header' in place) return `the header ${place.header}`
      if ('query' in place) return `the parameter ${place.query} of the address`
      return 'json' in place ? `the JSON field ${place.json}` : `the form field ${place.form}`
    })
    .join(', or ')
}
