import type { HeaderList } from '#shared/model/header.ts'
import { requestTokens, type SignableRequest, signedContents, type Tokens } from './content/signed-content.ts'
import { sha256Hex } from './digest.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import { setAt, valueAt } from './content/json-path.ts'
import { prove } from './proof.ts'
import type { SignedFields, SigningScheme } from './scheme.ts'
import { fill } from './content/template.ts'
import { writeTimestamp } from './timestamp.ts'

export interface SignedMessage {
  /** Never empty. Where a scheme's header takes one signature, the first signs. */
  secrets: readonly string[]
  id: string
  /** Unix ms. */
  timestampMs: number
  body: Uint8Array
  /** The event's type. */
  type: string
  deliveryId: string
  /** `POST` where nothing is said. */
  method?: string
  /** The public URL as the receiver knows it, for schemes that sign it. */
  url?: string
  /** Headers that a scheme may sign too. */
  headers?: HeaderList
}

/** The body has no place for the signature that its scheme puts into it. */
export class UnsignableBodyError extends Error {
  override readonly name = 'UnsignableBodyError'
}

/** The headers that prove a message, in the scheme's order. Throws a `TypeError` for a secret that `checkSecret` refuses. */
export function sign(scheme: SigningScheme, message: SignedMessage): HeaderList {
  return headersFor(
    scheme,
    requestOf(message, () => parseJson(message.body)),
    message,
  )
}

/**
 * The headers that prove a message, and its body, written anew where the signature stands in it.
 * Throws as `sign` does, and `UnsignableBodyError`.
 */
export function signRequest(scheme: SigningScheme, message: SignedMessage): { headers: HeaderList; body: Uint8Array } {
  if (!scheme.fields) return { headers: sign(scheme, message), body: message.body }
  const root = parseJson(message.body)
  for (const record of recordsOf(scheme.fields, root)) fillRecord(scheme, scheme.fields, { record, message })
  const body = Buffer.from(JSON.stringify(root) ?? '')
  return { headers: sign(scheme, { ...message, body }), body }
}

/** The JSON records of a body that carry a signature each. */
export function recordsOf({ records }: SignedFields, root: unknown): readonly unknown[] {
  const list = records && valueAt(root, records.list)
  return Array.isArray(list) ? list.map((entry) => valueAt(entry, records?.record ?? '')) : [root]
}

function fillRecord(
  scheme: SigningScheme,
  fields: SignedFields,
  { record, message }: { record: unknown; message: SignedMessage },
): void {
  const request = requestOf(message, () => record)
  const tokens = requestTokens(request, ownTokens(scheme, message))
  const isFilled = fields.others.every(([path, token]) => setAt(record, path, tokens(token)))
  const signature = signatures(scheme, request, { ...message, tokens }).at(0)
  if (isFilled && signature !== undefined && setAt(record, fields.signature, signature)) return
  throw new UnsignableBodyError(`The body is no JSON with a place for ${fields.signature}, where this sender signs.`)
}

function headersFor(scheme: SigningScheme, request: SignableRequest, message: SignedMessage): HeaderList {
  const own = ownTokens(scheme, message)
  const tokens = requestTokens(request, own)
  // The headers that are signed too may be among those that signing adds.
  const signable = scheme.signedHeaders
    ? { ...request, headers: [...plainHeaders(scheme, tokens), ...request.headers] }
    : request
  const contentTokens = signable === request ? tokens : requestTokens(signable, own)
  const made = scheme.fields ? [] : signatures(scheme, signable, { ...message, tokens: contentTokens })
  return scheme.headers.flatMap(([name, template]): [string, string][] => {
    const value = fill(template, (token) => {
      if (token === 'signatures') return made.join(scheme.join ?? '')
      if (token.startsWith('signature.')) return made[Number(token.slice('signature.'.length))] ?? null
      return token.startsWith('body.') ? headerField(request.record(), token.slice('body.'.length)) : tokens(token)
    })
    return value === null || value === '' ? [] : [[name, value]]
  })
}

function plainHeaders({ headers }: SigningScheme, tokens: Tokens): HeaderList {
  return headers.flatMap(([name, template]): [string, string][] => {
    const value = template.includes('{signature') ? null : fill(template, tokens)
    return value === null ? [] : [[name, value]]
  })
}

/** What can stand in a header's value: visible ASCII with inner spaces. */
const HEADER_SAFE = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/

/** A string of the body that fits into a header; null for anything else. */
function headerField(record: unknown, path: string): string | null {
  const value = valueAt(record, path)
  return typeof value === 'string' && HEADER_SAFE.test(value) ? value : null
}

/** Whether a request can be proven with several secrets at once, so that each receiver's is among them. */
export function carriesSeveral({ join, headers }: Pick<SigningScheme, 'join' | 'headers'>): boolean {
  return join !== null || headers.some(([, template]) => template.includes('{signature.'))
}

function signatures(
  scheme: SigningScheme,
  request: SignableRequest,
  { secrets, tokens }: { secrets: readonly string[]; tokens: Tokens },
): string[] {
  const active = carriesSeveral(scheme) ? secrets : secrets.slice(0, 1)
  return active.map((secret) => {
    const [content] = signedContents(scheme, request, { secret, tokens })
    const signature = prove(scheme, secret, content ?? new Uint8Array())
    if (signature === null) throw new TypeError('The signing secret is not in the form that its scheme uses')
    return fill(scheme.signatureFormat, () => signature) ?? signature
  })
}

function requestOf(
  { method = 'POST', url = '', headers = [], body }: SignedMessage,
  record: () => unknown,
): SignableRequest {
  return { method, url, headers, body, record }
}

function ownTokens(scheme: SigningScheme, { id, timestampMs, type, deliveryId }: SignedMessage): Tokens {
  const timestamp = writeTimestamp(scheme.timestamp, timestampMs)
  return (token) => {
    switch (token) {
      case 'id':
        return id
      case 'timestamp':
        return timestamp
      case 'type':
        return type
      case 'nonce':
        return sha256Hex(Buffer.from(`${id}.${timestamp}`)).slice(0, 50)
      case 'delivery':
        return deliveryId.slice(deliveryId.indexOf('_') + 1)
      case 'signedHeaders':
        return scheme.signedHeaders?.join(' ') ?? ''
      default:
        return null
    }
  }
}
