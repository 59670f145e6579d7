import { type HeaderList, headerValues } from '#shared/model/header.ts'
import type { Verdict, VerdictReason } from '#shared/model/verdict.ts'
import { requestTokens, type SignableRequest, signedContents, tokensIn } from './content/signed-content.ts'
import { sameText, sha256Hex } from './digest.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import { textAt } from './content/json-path.ts'
import { createCheck } from './proof.ts'
import { type Carried, carriedIn, hasSignature, sharesCarrier } from './carried.ts'
import type { SigningScheme } from './scheme.ts'
import { recordsOf } from './sign.ts'
import { claimedBodyHash } from './content/signed-url.ts'
import { ageOf, readTimestamp } from './timestamp.ts'

export interface ReceivedMessage {
  /** The current secret first; older ones that still count after it. */
  secrets: readonly string[]
  method: string
  /** The public URL that the sender used. */
  url: string
  headers: HeaderList
  body: Uint8Array
  /** Unix ms. */
  nowMs: number
}

/**
 * Judges a request as its sender's own verifier would. Takes any input and never throws.
 * Whether a signature matches is judged before its age, so that `stale_timestamp` is only said of what is genuine.
 */
export function verify(scheme: SigningScheme, message: ReceivedMessage): Verdict {
  const secrets = message.secrets.filter((secret) => secret.trim() !== '')
  if (secrets.length === 0) return { verdict: 'unchecked', reason: 'no_secret' }
  const all = [scheme, ...(scheme.also ?? [])]
  const root = all.some(readsJson) ? parseJson(message.body) : undefined
  const forms = all.filter((form) => hasSignature(form, message.headers, root))
  // Only the preferred form that is there counts: else an attacker could drop a strong signature for a weak one.
  const [preferred] = forms
  if (!preferred) return invalid('missing_header')
  const fitting = forms
    .filter((form) => sharesCarrier(form, preferred))
    .filter(({ when }) => when === undefined || isMeant(when, message.headers))
  const verdicts = fitting.map((form) => judge(form, { ...message, secrets }, root))
  return verdicts.toSorted((one, other) => rank(one) - rank(other))[0] ?? invalid('unsupported_version')
}

function readsJson({ fields, timestampField, signedContent }: SigningScheme): boolean {
  return fields !== undefined || timestampField !== undefined || signedContent.includes('{body.')
}

function invalid(reason: VerdictReason): Verdict {
  return { verdict: 'invalid', reason }
}

function isMeant({ header, value }: { header: string; value: string }, headers: HeaderList): boolean {
  const given = headerValues(headers, header)
  return given.length === 0 || given.includes(value)
}

/** The most telling verdict first. */
const TELLING: readonly (VerdictReason | null)[] = [
  null,
  'previous_secret',
  'stale_timestamp',
  'future_timestamp',
  'signature_mismatch',
  'duplicate_header',
  'malformed_header',
  'missing_header',
]

function rank({ reason }: Verdict): number {
  const place = TELLING.indexOf(reason)
  return place === -1 ? TELLING.length : place
}

function judge(scheme: SigningScheme, message: ReceivedMessage, root: unknown): Verdict {
  const records = scheme.fields ? recordsOf(scheme.fields, root) : [root]
  const verdicts = records.map((record) => judgeRecord(scheme, message, record))
  // Each record carries its own proof, so the worst one decides.
  return verdicts.toSorted((one, other) => rank(other) - rank(one))[0] ?? invalid('missing_header')
}

function judgeRecord(scheme: SigningScheme, message: ReceivedMessage, record: unknown): Verdict {
  const carried = carriedIn(scheme, message.headers, record)
  if ('reason' in carried) return invalid(carried.reason)
  const at = timestampOf(scheme, carried, record)
  if (at === 'malformed') return invalid('malformed_header')
  if (!isBodyAsClaimed(scheme, message)) return invalid('signature_mismatch')
  const { method, url, headers, body } = message
  const matching = matchingSecret(
    scheme,
    { method, url, headers, body, record: () => record },
    { ...carried, secrets: message.secrets },
  )
  if (matching === -1) return invalid('signature_mismatch')
  const age = at === null || !scheme.tolerance ? 'fresh' : ageOf(at, message.nowMs, scheme.tolerance)
  if (age !== 'fresh') {
    const skewSeconds = Math.round((message.nowMs - (at ?? 0)) / 1_000)
    return { ...invalid(age === 'stale' ? 'stale_timestamp' : 'future_timestamp'), skewSeconds }
  }
  return { verdict: 'valid', reason: matching === 0 ? null : 'previous_secret' }
}

/** Unix ms of what the tolerance or the signature needs; null where there is no such need. */
function timestampOf(scheme: SigningScheme, { values }: Carried, record: unknown): number | null | 'malformed' {
  const isSigned = tokensIn(scheme.signedContent).includes('timestamp')
  if (!isSigned && !scheme.tolerance) return null
  const text = scheme.timestampField === undefined ? values['timestamp'] : textAt(record, scheme.timestampField)
  if (text === undefined || text === null) return null
  return readTimestamp(scheme.timestamp, text) ?? 'malformed'
}

function isBodyAsClaimed(scheme: SigningScheme, { url, body }: ReceivedMessage): boolean {
  const claimed = claimedBodyHash(scheme, url)
  return claimed === null || sameText(claimed.toLowerCase(), sha256Hex(body))
}

/** The place of the first secret that proves one of the signatures; -1 where none does. */
function matchingSecret(
  scheme: SigningScheme,
  request: SignableRequest,
  { secrets, signatures, values }: Carried & { secrets: readonly string[] },
): number {
  const tokens = requestTokens(request, (token) => values[token] ?? null)
  return secrets.findIndex((secret) => {
    const check = createCheck(scheme, secret)
    const contents = signedContents(scheme, request, { secret, tokens })
    return contents.some((content) => signatures.some((given) => check(content, given)))
  })
}
