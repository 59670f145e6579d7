const MASK = '***'
/** A piece of a path that is long and has digits in it, or is very long, is more likely a token than a name. */
const TOKEN = /^(?:(?=.*\d)[\w.~%+=-]{16,}|[\w.~%+=-]{32,})$/
const URL_PARTS = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)([^?#]*)(?:\?([^#]*))?/i

/** A URL without what in it may be a secret: user and password, the values of its query, pieces that look like tokens. */
export function maskUrl(text: string): string {
  const parts = URL_PARTS.exec(text)
  if (!parts) return MASK
  const [, scheme = '', authority = '', path = '', query] = parts
  const host = authority.includes('@') ? `${MASK}@${authority.slice(authority.lastIndexOf('@') + 1)}` : authority
  const pieces = path.split('/').map((piece) => (TOKEN.test(piece) ? MASK : piece))
  return `${scheme}${host}${pieces.join('/')}${query === undefined ? '' : `?${maskQuery(query)}`}`
}

function maskQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => (pair.includes('=') ? `${pair.slice(0, pair.indexOf('='))}=${MASK}` : MASK))
    .join('&')
}
