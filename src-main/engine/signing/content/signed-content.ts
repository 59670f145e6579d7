import { type HeaderList, headerValue } from '#shared/model/header.ts'
import { crc32 } from '../digest.ts'
import { textAt } from './json-path.ts'
import type { SigningScheme } from '../scheme.ts'
import { splitLabel } from '../secret.ts'
import { claimedBodyHash, sortedForm, urlForms } from './signed-url.ts'
import { piecesOf } from './template.ts'

/** What a token stands for; null where there is nothing. */
export type Tokens = (token: string) => string | null

export interface SignableRequest {
  method: string
  url: string
  headers: HeaderList
  body: Uint8Array
  /** The JSON record that `{body.<path>}` reads; few schemes ask for one. */
  record: () => unknown
}

/** Tokens that the request itself answers; `own` answers those that the sender chooses. */
export function requestTokens(request: SignableRequest, own: Tokens): Tokens {
  return (token) => {
    if (token.startsWith('body.')) return textAt(request.record(), token.slice('body.'.length))
    if (token.startsWith('header.')) return headerValue(request.headers, token.slice('header.'.length))
    if (token === 'method') return request.method.toUpperCase()
    if (token === 'crc32') return String(crc32(request.body))
    if (token === 'signedHeaderValues') return signedValues(request.headers, own('signedHeaders') ?? '')
    return own(token)
  }
}

/** The bytes that one secret signs: one entry for each way of writing the URL that is accepted, the given one first. */
export function signedContents(
  scheme: SigningScheme,
  request: SignableRequest,
  { secret, tokens }: { secret: string; tokens: Tokens },
): readonly Uint8Array[] {
  const pieces = piecesOf(scheme.signedContent)
  const form = formText(scheme, request)
  return urlForms(scheme, request.url, form).map((url) => {
    const textOf = (token: string): string => {
      if (token === 'url') return url
      if (token.startsWith('form')) return form
      if (token === 'secret') return secret
      if (token === 'label') return splitLabel(scheme.key, secret).label
      return tokens(token) ?? ''
    }
    const parts: Uint8Array[] = []
    let text = ''
    for (const piece of pieces) {
      if ('token' in piece && piece.token === 'body') {
        if (text !== '') parts.push(Buffer.from(text))
        parts.push(request.body)
        text = ''
      } else text += 'text' in piece ? piece.text : textOf(piece.token)
    }
    if (text !== '') parts.push(Buffer.from(text))
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  })
}

/** The tokens that a template uses. */
export function tokensIn(template: string): readonly string[] {
  return piecesOf(template).flatMap((piece) => ('token' in piece ? [piece.token] : []))
}

function formText(scheme: SigningScheme, { body, url }: SignableRequest): string {
  if (!scheme.signedContent.includes('{form') || claimedBodyHash(scheme, url) !== null) return ''
  return sortedForm(body, scheme.signedContent.includes('{form.all}') ? 'all' : 'once')
}

function signedValues(headers: HeaderList, names: string): string {
  return names
    .split(' ')
    .map((name) => headerValue(headers, name) ?? '')
    .join('.')
}
