/** A URL as it is written: nothing is decoded, sorted or left out. */
export interface UrlParts {
  protocol: string
  host: string
  /** With its colon; empty for none. */
  port: string
  path: string
  /** With its question mark; empty for none. */
  query: string
}

const PARTS = /^([a-z][a-z0-9+.-]*):\/\/(\[[^\]]*\]|[^/?#:]*)(:\d+)?([^?#]*)(\?[^#]*)?(?:#[^]*)?$/i

/** Null where it is no absolute URL. */
export function urlParts(url: string): UrlParts | null {
  const [, protocol, host, port = '', path = '', query = ''] = PARTS.exec(url) ?? []
  return protocol === undefined || host === undefined ? null : { protocol, host, port, path, query }
}

export function writeUrl({ protocol, host, port, path, query }: UrlParts): string {
  return `${protocol}://${host}${port}${path}${query}`
}

export const defaultPort = (protocol: string) => (protocol.toLowerCase() === 'https' ? ':443' : ':80')
