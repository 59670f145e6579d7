const AFTER_AUTHORITY = /^https?:\/\/[^/?#\\]*([^#]*)/i
const SENDABLE = /^[\x21-\x7e]*$/

/** Path and query of a URL as they were written: parsing would escape and reorder what a signature may cover. */
export function requestTarget(url: URL, text: string): string {
  const written = AFTER_AUTHORITY.exec(text)?.[1] ?? ''
  const target = written.startsWith('/') ? written : `/${written}`
  return SENDABLE.test(target) && !target.includes('\\') ? target : url.pathname + url.search
}
