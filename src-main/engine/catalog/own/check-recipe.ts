import { AppError } from '#shared/model/app-error.ts'
import type { ProviderDefinition, SigningRecipe } from '#shared/model/own-provider.ts'
import type { Random } from '../../ports.ts'
import { setAt } from '../../signing/content/json-path.ts'
import { tokensIn } from '../../signing/content/signed-content.ts'
import type { SigningScheme } from '../../signing/scheme.ts'
import { newSecret } from '../../signing/secret.ts'
import { signRequest } from '../../signing/sign.ts'
import { verify } from '../../signing/verify.ts'
import { carriers, partsOf, toScheme } from './to-provider.ts'

/** Tokens that a receiver finds in the request itself. */
const OF_THE_REQUEST = /^(?:body|method|url|form|crc32|body\.[^{}\s]+|header\.[A-Za-z0-9-]+)$/
/** Tokens that the sender chooses, and that a header must therefore carry. */
const CARRIED = new Set(['id', 'timestamp', 'type', 'nonce'])

/** Throws `AppError` that names the field unless a receiver could verify what the recipe signs. */
export function checkRecipe(definition: ProviderDefinition, random: Pick<Random, 'bytes'>): void {
  const { signing, recognition } = definition
  if (signing === null) return
  checkFormat(signing)
  checkTokens(signing, recognition)
  checkHeaderNames(signing, recognition)
  if (signing.key === 'hex' && signing.secretPrefix !== '') {
    throw refusal('signing.secretPrefix', 'A hexadecimal key has no prefix.', 'Leave the prefix empty.')
  }
  proveReadable(toScheme(signing, recognition), random)
}

function checkFormat(recipe: SigningRecipe): void {
  const { format, separator, timestamp } = recipe
  const tokens = tokensIn(format)
  const field = 'signing.format'
  if (tokens.filter((token) => token === 'signature').length !== 1) {
    throw refusal(field, 'The format has no one place for the signature.', 'Write {signature} in it, once.')
  }
  const others = tokens.filter((token) => token !== 'signature')
  const unknown = others.find((token) => !CARRIED.has(token) || token === 'type')
  if (unknown !== undefined) {
    throw refusal(field, `{${unknown}} cannot stand in the format.`, 'Use {signature}, {timestamp}, {id} and {nonce}.')
  }
  if (others.length > 0 && separator === null) {
    throw refusal(
      'signing.separator',
      'The format has several parts, and nothing says what stands between them.',
      'Name the separator, such as a comma.',
    )
  }
  if (partsOf(recipe).some((part) => tokensIn(part).length > 1)) {
    throw refusal(
      field,
      'A part of the format has more than one token.',
      'Part them by the separator: t={timestamp},v1={signature}.',
    )
  }
  if (timestamp && timestamp.header === null && !others.includes('timestamp')) {
    throw refusal(
      'signing.timestamp.header',
      'Nothing carries the timestamp.',
      'Name its header, or write {timestamp} in the format.',
    )
  }
  if (timestamp === null && others.includes('timestamp')) throw noTimestamp(field)
}

function checkTokens(
  { signedContent, format, timestamp }: SigningRecipe,
  recognition: ProviderDefinition['recognition'],
): void {
  const field = 'signing.signedContent'
  const carried = new Set([...tokensIn(format), ...carriers(recognition).flatMap(([, template]) => tokensIn(template))])
  for (const token of tokensIn(signedContent)) {
    if (OF_THE_REQUEST.test(token)) continue
    if (!CARRIED.has(token)) {
      throw refusal(
        field,
        `There is no token {${token.slice(0, 40)}}.`,
        'Use body, timestamp, id, type, nonce, method, url, form, crc32, body.<path> or header.<name>.',
      )
    }
    if (token === 'timestamp') {
      if (timestamp === null) throw noTimestamp(field)
    } else if (!carried.has(token)) {
      throw refusal(field, `{${token}} is signed, and no header carries it to the receiver.`, carrierHint(token))
    }
  }
}

function carrierHint(token: string): string {
  if (token === 'nonce') return 'Write it in the format, such as n={nonce},v1={signature}.'
  return `Say in which header the ${token === 'id' ? 'message id' : 'event type'} stands.`
}

function noTimestamp(field: string): AppError {
  return refusal(field, '{timestamp} is used, and nothing says how it is written.', 'Give `timestamp` with its unit.')
}

/** Headers that belong to the connection or the body, and to no signature. */
const RESERVED = new Set(['content-type', 'content-length', 'host', 'connection', 'transfer-encoding', 'user-agent'])

function checkHeaderNames({ header, timestamp }: SigningRecipe, recognition: ProviderDefinition['recognition']): void {
  const named: readonly (readonly [field: string, name: string])[] = [
    ['signing.header', header],
    ...(timestamp?.header ? [['signing.timestamp.header', timestamp.header] as const] : []),
    ...carriers(recognition).map(
      ([name, template]) => [template === '{id}' ? 'recognition.messageId' : 'recognition.eventType', name] as const,
    ),
  ]
  const seen = new Set(RESERVED)
  for (const [field, name] of named) {
    const key = name.toLowerCase()
    if (RESERVED.has(key)) throw refusal(field, `The header ${name} has another meaning.`, 'Choose another name.')
    if (seen.has(key)) throw refusal(field, `The header ${name} is used twice.`, 'Give each its own header.')
    seen.add(key)
  }
}

/** Signs a message and reads it back: what our own verifier cannot read, no receiver can. */
function proveReadable(scheme: SigningScheme, random: Pick<Random, 'bytes'>): void {
  const secrets = [newSecret(scheme, random)]
  const sent = {
    method: 'POST',
    url: 'https://receiver.example/hooks?source=probe',
    headers: [['Content-Type', 'application/json']] as [string, string][],
  }
  const message = {
    secrets,
    id: 'evt_probe',
    timestampMs: PROBE_AT,
    body: probeBody(scheme),
    type: 'probe',
    deliveryId: 'dlv_probe',
  }
  const signed = signRequest(scheme, { ...sent, ...message })
  const arrived = {
    ...sent,
    secrets,
    nowMs: PROBE_AT,
    headers: [...sent.headers, ...signed.headers],
    body: signed.body,
  }
  const { verdict, reason } = verify(scheme, arrived)
  if (verdict === 'valid') return
  throw refusal(
    'signing.format',
    `A receiver could not read this signature back (${reason ?? verdict}).`,
    'Simplify the format: one part for the signature, the others as name={token}.',
  )
}

const PROBE_AT = Date.UTC(2026, 0, 2, 12)

/** A JSON body with something at each path that is signed. */
function probeBody({ signedContent }: SigningScheme): Uint8Array {
  const root = {}
  for (const token of tokensIn(signedContent)) {
    if (token.startsWith('body.')) setAt(root, token.slice('body.'.length), 'probe')
  }
  return Buffer.from(JSON.stringify(root))
}

function refusal(field: string, message: string, hint: string): AppError {
  return new AppError('invalid_request', message, { field, hint })
}
