import type { Finding } from '#shared/model/diagnosis.ts'
import { headerValues } from '#shared/model/header.ts'
import { signatureHeaders } from '../../carried.ts'
import { fill, piecesOf } from '../../content/template.ts'
import type { SigningScheme } from '../../scheme.ts'
import { visible } from '../difference.ts'
import { proven } from '../finding.ts'
import { type Change, eachForm, formsOf, type Hypothesis } from '../subject.ts'
import { withValue } from './copies.ts'
import { type Reading, signatureTexts } from './signature-text.ts'

const ENCODINGS = ['hex', 'base64', 'base64url'] as const

/** The signature is right but written in another way: another encoding or case, another prefix, quotes around it. */
export const signatureForm: Hypothesis = function* ({ sender, message: { headers } }) {
  for (const form of formsOf(sender.signing)) {
    if (form.algorithm === 'token') continue
    if (form.fields) yield* inBody(sender.name, form)
    for (const [name, template] of signatureHeaders(form)) {
      const [value] = headerValues(headers, name)
      if (value !== undefined) yield* inHeader(form, { name, template, value }, sender.name)
    }
  }
}

function* inHeader(
  form: SigningScheme,
  place: { name: string; template: string; value: string },
  sender: string,
): Iterable<Change> {
  for (const reading of signatureTexts(place.value, form.encoding)) {
    const expected = written(form, place, reading.encoded)
    if (expected === null || expected === place.value) continue
    yield {
      findings: findingsOf(form, place, { reading, expected, sender }),
      apply: (subject) => ({ ...subject, headers: withValue(subject.headers, place.name, expected) }),
    }
  }
}

/** The header’s value as the scheme has it, with the other parts that were given; null where one of them is absent. */
function written(form: SigningScheme, { template, value }: { template: string; value: string }, signature: string) {
  return fill(template, (token) =>
    token.startsWith('signature')
      ? fill(form.signatureFormat, () => signature)
      : partOf(form, { template, value }, token),
  )
}

function partOf({ join }: SigningScheme, { template, value }: { template: string; value: string }, token: string) {
  const pieces = piecesOf(template)
  const before = pieces[pieces.findIndex((piece) => 'token' in piece && piece.token === token) - 1]
  const separator = join?.trim() || ','
  const lead = before && 'text' in before ? (before.text.split(separator).at(-1) ?? '') : ''
  const item = value
    .split(/[,;]/)
    .map((text) => text.trim())
    .find((text) => lead !== '' && text.startsWith(lead))
  return item?.slice(lead.length) ?? null
}

function findingsOf(
  form: SigningScheme,
  { name, value }: { name: string; value: string },
  { reading, expected, sender }: { reading: Reading; expected: string; sender: string },
): readonly Finding[] {
  const { text, encoded, found } = reading
  const findings: Finding[] = []
  if (text !== encoded) {
    const isCase = text.toLowerCase() === encoded.toLowerCase() && form.encoding === 'hex'
    findings.push(isCase ? upperCase(name) : otherEncoding(name, { found, expected: form.encoding, sender }))
  }
  if (value.replace(text, encoded) !== expected) {
    const shape = (whole: string, signature: string) => visible(whole.replace(signature, '…').slice(0, 100))
    findings.push(otherShape(name, shape(value, text), shape(expected, encoded)))
  }
  return findings
}

function* inBody(sender: string, form: SigningScheme): Iterable<Change> {
  for (const encoding of ENCODINGS.filter((each) => each !== form.encoding)) {
    yield {
      findings: [otherEncoding(form.fields?.signature ?? '', { found: encoding, expected: form.encoding, sender })],
      apply: (subject) => ({ ...subject, scheme: eachForm(subject.scheme, (each) => ({ ...each, encoding })) }),
    }
  }
}

function upperCase(header: string) {
  return proven('signature_case', {
    title: 'The signature is in upper case',
    explanation: `The hexadecimal digits in ${header} are right, but a verifier compares lower-case letters.`,
    fix: 'Write the signature with the lower-case digits a to f.',
    header,
  })
}

function otherEncoding(
  header: string,
  { found, expected, sender }: { found: string; expected: string; sender: string },
) {
  return proven('signature_encoding', {
    title: `The signature is ${found} where ${expected} is expected`,
    explanation: `The bytes of the signature in ${header} are right, but ${sender} writes them as ${expected}.`,
    fix: `Encode the bytes of the digest as ${expected}${found === 'hex within base64' ? ', not the text of its hexadecimal digits' : ''}.`,
    header,
    found,
    expected,
  })
}

function otherShape(header: string, found: string, expected: string) {
  return proven('signature_prefix', {
    title: 'The signature is right, but what stands around it is not',
    explanation: `${header} reads “${found}” where “${expected}” is expected.`,
    fix: `Write the header as ${expected}, the signature in place of the dots.`,
    header,
    found,
    expected,
  })
}
