import { type HeaderList, headerValue, headerValues } from '#shared/model/header.ts'
import type { VerdictReason } from '#shared/model/verdict.ts'
import { tokensIn } from './content/signed-content.ts'
import { textAt } from './content/json-path.ts'
import { isEncoded, readSignature } from './read-signature.ts'
import type { SigningScheme } from './scheme.ts'
import { recordsOf } from './sign.ts'

/** What a request carries beside its content: signatures, and the values of tokens that its sender chose. */
export interface Carried {
  signatures: readonly string[]
  values: Readonly<Record<string, string>>
}

/** Whether a request carries a signature of this scheme, in whatever state. */
export function hasSignature(scheme: SigningScheme, headers: HeaderList, root: unknown): boolean {
  const { fields } = scheme
  if (fields) return recordsOf(fields, root).some((record) => textAt(record, fields.signature) !== null)
  return signatureHeaders(scheme).some(([name]) => headerValue(headers, name) !== null)
}

/** Whether two forms put their signatures into the same place. */
export function sharesCarrier(one: SigningScheme, other: SigningScheme): boolean {
  return placeOf(one) === placeOf(other)
}

/** Reads what the scheme needs from the headers, or from a record of the body. */
export function carriedIn(
  scheme: SigningScheme,
  headers: HeaderList,
  record: unknown,
): Carried | { reason: VerdictReason } {
  const read = scheme.fields ? signatureField(scheme, record) : signatureFromHeaders(scheme, headers)
  if ('reason' in read) return read
  const values: Record<string, string> = { ...read.values }
  for (const token of neededTokens(scheme)) {
    const name = scheme.headers.find(([, template]) => template === `{${token}}`)?.[0]
    if (name === undefined || Object.hasOwn(values, token)) continue
    const [value, second] = headerValues(headers, name)
    if (value === undefined) return { reason: 'missing_header' }
    if (second !== undefined) return { reason: 'duplicate_header' }
    values[token] = value
  }
  return { signatures: read.signatures, values }
}

function signatureFromHeaders(scheme: SigningScheme, headers: HeaderList): Carried | { reason: VerdictReason } {
  const given = signatureHeaders(scheme).map(([name, template]) => ({ template, found: headerValues(headers, name) }))
  if (given.some(({ found }) => found.length > 1)) return { reason: 'duplicate_header' }
  const readings = given.flatMap(({ template, found: [value] }) =>
    value === undefined ? [] : [readSignature(scheme, template, value)],
  )
  const whole = readings.flatMap((reading) => ('signatures' in reading ? [reading] : []))
  if (whole.length === 0) return readings.find((reading) => 'reason' in reading) ?? { reason: 'missing_header' }
  return {
    signatures: whole.flatMap(({ signatures }) => signatures),
    values: Object.assign({}, ...whole.map(({ parts }) => parts)),
  }
}

function signatureField(scheme: SigningScheme, record: unknown): Carried | { reason: VerdictReason } {
  const { signature: path, others } = scheme.fields!
  const signature = textAt(record, path)
  if (signature === null) return { reason: 'missing_header' }
  const values: Record<string, string> = {}
  for (const [place, token] of others) {
    const value = textAt(record, place)
    if (value === null) return { reason: 'missing_header' }
    values[token] = value
  }
  return isEncoded(scheme, signature) ? { signatures: [signature], values } : { reason: 'malformed_header' }
}

/** The headers that carry signatures. */
export const signatureHeaders = ({ headers }: SigningScheme) =>
  headers.filter(([, template]) => /\{signature(?:s|\.\d)\}/.test(template))

function placeOf(scheme: SigningScheme): string {
  return scheme.fields?.signature ?? signatureHeaders(scheme)[0]?.[0].toLowerCase() ?? ''
}

/** The tokens that a verifier takes from the sender's headers. */
export function neededTokens(scheme: SigningScheme): readonly string[] {
  const signed = tokensIn(scheme.signedContent).filter((token) => token !== 'body' && !token.includes('.'))
  return scheme.tolerance && scheme.timestampField === undefined ? [...signed, 'timestamp'] : signed
}
