const AFTER_AUTHORITY = /^https?:\/\/[^/?#\\]*([^#]*)/i
const SENDABLE = /^[\x21-\x7e]*$/

/** Where a request goes: whom a socket is opened to, and what stands in the request line. */
export interface RequestTarget {
  origin: string
  target: string
}

/** Null for what is no URL of http or https. */
export function readTarget(text: string): RequestTarget | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  return { origin: url.origin, target: requestTarget(url, text) }
}

/** Path and query of a URL as they were written: parsing would escape and reorder what a signature may cover. */
export function requestTarget(url: URL, text: string): string {
  const written = AFTER_AUTHORITY.exec(text)?.[1] ?? ''
  const target = written.startsWith('/') ? written : `/${written}`
  return SENDABLE.test(target) && !target.includes('\\') ? target : url.pathname + url.search
}
