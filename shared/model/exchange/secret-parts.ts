import type { HeaderList } from '../header.ts'

/** What stands in place of a value that only its owner should know. */
export const HIDDEN = '<secret>'

/** Headers that let whoever has them in, or carry what was signed with: the value itself is the secret. */
const SECRET_HEADER =
  /^(?:proxy-)?authorization$|cookie|(?:^|[-_])(?:token|secret|passw(?:or)?d|api[-_]?key|access[-_]?key|private[-_]?key|auth|session|credentials?)(?:$|[-_])/i
/** A signature proves its request and no other: it is no secret. */
const SIGNATURE = /signature|hmac|digest/i
const SECRET_FIELD =
  /^(?:.*[-_.])?(?:token|secret|passw(?:or)?d|api[-_]?key|access[-_]?key|auth|authorization|session|code|key|sig|signature)$/i
/** The scheme before a credential says nothing about it. */
const SCHEME = /^(?:Bearer|Basic|Digest|Token|ApiKey|Negotiate|AWS4-HMAC-SHA256|HMAC|Signature)\s+/i
/** In a team, the address of a source holds what lets senders in. */
const CAPTURE_TOKEN = /^(\/in\/[^/?#]*-)[0-9a-f]{32}(?=[/?#]|$)/

export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name) && !SIGNATURE.test(name)
}

/** The value of a secret header with its scheme alone left. */
export function hideValue(value: string): string {
  if (value === '' || value === HIDDEN) return value
  return `${SCHEME.exec(value)?.[0] ?? ''}${HIDDEN}`
}

export function hideHeaders(headers: HeaderList): HeaderList {
  return headers.map(([name, value]) => [name, isSecretHeader(name) ? hideValue(value) : value])
}

/** A raw query without the values of fields that are called like secrets. */
export function hideQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals > 0 && equals < pair.length - 1 && isSecretField(pair.slice(0, equals))
        ? `${pair.slice(0, equals)}=${HIDDEN}`
        : pair
    })
    .join('&')
}

function isSecretField(name: string): boolean {
  try {
    return SECRET_FIELD.test(decodeURIComponent(name))
  } catch {
    return SECRET_FIELD.test(name)
  }
}

/** The path of a captured request without the token of its source. */
export function hidePath(path: string): string {
  return path.replace(CAPTURE_TOKEN, `$1${HIDDEN}`)
}

/** A URL without what in its authority, path and query may be a secret. */
export function hideUrl(url: string): string {
  const [, start = '', authority = '', path = '', query, rest = ''] =
    /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)([^?#]*)(?:\?([^#]*))?(.*)$/is.exec(url) ?? []
  if (start === '') return url
  const host = authority.includes('@') ? `${HIDDEN}@${authority.slice(authority.lastIndexOf('@') + 1)}` : authority
  return `${start}${host}${hidePath(path)}${query === undefined ? '' : `?${hideQuery(query)}`}${rest}`
}

/** How many values `hideHeaders` and `hideQuery` would hide. */
export function countSecrets({ headers, query }: { headers: HeaderList; query: string | null }): number {
  const inHeaders = headers.filter(([name, value]) => isSecretHeader(name) && value !== hideValue(value)).length
  const inQuery = query === null ? 0 : countDifferent(query.split('&'), hideQuery(query).split('&'))
  return inHeaders + inQuery
}

function countDifferent(one: readonly string[], other: readonly string[]): number {
  return one.filter((part, at) => part !== other[at]).length
}
