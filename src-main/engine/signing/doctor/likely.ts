import type { Finding } from '#shared/model/diagnosis.ts'
import { headerValue, headerValues } from '#shared/model/header.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import { signatureHeaders } from '../carried.ts'
import { keyBytes } from '../keys/key.ts'
import { isAsymmetric, checkSecret } from '../secret.ts'
import { likely } from './finding.ts'
import { usedHeaders } from './headers/used-headers.ts'
import { signatureTexts } from './headers/signature-text.ts'
import { likelyOther } from './scheme/other-provider.ts'
import { type DoctorCase, formsOf } from './subject.ts'

type Look = (case_: DoctorCase, verdict: Verdict) => Finding | null

/** Facts that stand in the way of the signature, where no change could be proven. */
export function likelyFindings(case_: DoctorCase, verdict: Verdict): readonly Finding[] {
  return LOOKS.flatMap((look) => look(case_, verdict) ?? [])
}

const missing: Look = (case_, { reason }) => {
  if (reason !== 'missing_header') return null
  const { sender, message } = case_
  const other = likelyOther(case_)
  if (other) return other
  const absent = usedHeaders(sender.signing).find((name) => headerValue(message.headers, name) === null)
  const place = absent ?? sender.signing.fields?.signature
  if (place === undefined) return null
  return likely('header_missing', {
    title: `${place} is absent`,
    explanation: `A request of ${sender.name} carries it, and nothing can be verified without it.`,
    fix: 'Check that the sender has a secret to sign with, and that no proxy, gateway or firewall takes headers out that it does not know.',
    ...(absent !== undefined && { header: absent }),
  })
}

const duplicated: Look = ({ sender, message }, { reason }) => {
  if (reason !== 'duplicate_header') return null
  const header = usedHeaders(sender.signing).find((name) => headerValues(message.headers, name).length > 1)
  if (header === undefined) return null
  return likely('header_duplicated', {
    title: `${header} stands more than once`,
    explanation: 'A verifier refuses copies, since it cannot know which one counts. None of them proves this request.',
    fix: 'Find what adds the header again (a proxy, a middleware) and let it stand once; then look again.',
    header,
  })
}

const malformed: Look = ({ sender, message }, { reason }) => {
  if (reason !== 'malformed_header' && reason !== 'unsupported_version') return null
  const [header, template] =
    formsOf(sender.signing)
      .flatMap(signatureHeaders)
      .find(([name]) => headerValue(message.headers, name) !== null) ?? []
  if (header === undefined || template === undefined) return null
  const expected = template.replace(/\{signature(?:s|\.\d)\}/, sender.signing.signatureFormat)
  return likely('header_malformed', {
    title: `${header} does not have the form of ${sender.name}`,
    explanation: `${sender.name} writes it as ${expected}, with the signature in ${sender.signing.encoding}. What came cannot be read so.`,
    fix: 'Send the header in that form; where a real sender sent it, choose the provider that it is.',
    header,
    expected,
  })
}

const DIGEST_BYTES: Readonly<Partial<Record<string, number>>> = {
  'hmac-sha1': 20,
  'hmac-sha256': 32,
  'hmac-sha512': 64,
  sha256: 32,
}

const length: Look = ({ sender: { name, signing }, message }, { reason }) => {
  const bytes = DIGEST_BYTES[signing.algorithm]
  const [header] = signatureHeaders(signing)[0] ?? []
  const value = header === undefined ? null : headerValue(message.headers, header)
  if (reason !== 'signature_mismatch' || bytes === undefined || header === undefined || value === null) return null
  const sizes = signatureTexts(value, signing.encoding)
    .filter(({ found }) => found === signing.encoding)
    .map(({ encoded }) => Buffer.from(encoded, signing.encoding).length)
  if (sizes.length === 0 || sizes.includes(bytes)) return null
  return likely('signature_length', {
    title: `The signature is ${sizes[0]} bytes long in place of ${bytes}`,
    explanation: `${name} signs with ${signing.algorithm}, whose signatures have ${bytes} bytes.`,
    fix: 'Sign with that algorithm, and send the signature whole.',
    header,
    found: `${sizes[0]} bytes`,
    expected: `${bytes} bytes`,
  })
}

const bodyLength: Look = ({ message: { headers, body } }, { reason }) => {
  const [declared, second] = headerValues(headers, 'content-length')
  if (reason !== 'signature_mismatch' || declared === undefined || second !== undefined) return null
  if (!/^\d{1,15}$/.test(declared) || Number(declared) === body.byteLength) return null
  return likely('body_length', {
    title: 'The body is not as long as its sender said',
    explanation: `Content-Length says ${declared} bytes, and ${body.byteLength} were judged.`,
    fix: 'Verify the bytes as they came: something cut the body, decoded it or wrote it again in between.',
    found: `${body.byteLength} bytes`,
    expected: `${declared} bytes`,
  })
}

const unusableSecret: Look = ({ sender: { signing }, message: { secrets } }, { reason }) => {
  if (reason !== 'signature_mismatch' || isAsymmetric(signing.key)) return null
  const unusable = secrets.find((text) => text.trim() !== '' && keyBytes(signing.key, text) === null)
  if (unusable === undefined) return null
  return likely('secret_unusable', {
    title: 'A secret is not in the form that this sender uses',
    explanation: checkSecret(signing, unusable) ?? 'No key can be made of it.',
    fix: 'Copy the secret once more from the sender’s settings, whole.',
  })
}

const urlMissing: Look = ({ sender: { name, signing }, message: { url } }, { reason }) => {
  if (reason !== 'signature_mismatch' || url !== '' || !signing.signedContent.includes('{url}')) return null
  return likely('url_missing', {
    title: 'The URL that was signed is not known',
    explanation: `${name} signs the URL that it calls, and none was given to verify with.`,
    fix: 'Give the public URL, whole and as the sender knows it: the source’s publicUrl.',
  })
}

const LOOKS: readonly Look[] = [missing, duplicated, malformed, unusableSecret, urlMissing, length, bodyLength]
