import { type HeaderList, headerValue } from '#shared/model/header.ts'
import type { Source } from '#shared/model/source.ts'
import { looksLikeAddressOf } from './capture-address.ts'
import { pathBelowSource, pathOf } from './capture-path.ts'

export interface CapturedTarget {
  path: string
  query: string | null
  headers: HeaderList
}

/**
 * The URLs that a sender may have called to cause a request, the likeliest first; senders that sign their URL signed one of
 * them. A source's `publicUrl` stands for `/in/<slug>`: what follows there is appended, with the raw query. Where it does
 * not end so itself, a proxy may as well have kept the whole path, so that is the second one. Without a `publicUrl` the
 * request speaks for itself, by its Host and, behind a tunnel, its X-Forwarded-Proto.
 */
export function senderUrls(
  { publicUrl, slug }: Pick<Source, 'publicUrl' | 'slug'>,
  request: CapturedTarget,
): readonly string[] {
  const query = request.query === null ? '' : `?${request.query}`
  if (publicUrl === null) return [ownUrl(request) + query]
  const base = publicUrl.replace(/[?#].*$/s, '')
  const below = pathBelowSource(request.path)
  const replaced = below === '' ? base : joined(base, below)
  const isCaptureAddress = looksLikeAddressOf(slug, /\/in\/([^/]+)\/?$/.exec(base)?.[1] ?? '')
  return (isCaptureAddress ? [replaced] : [replaced, joined(base, pathOf(request.path))]).map((url) => url + query)
}

const joined = (base: string, path: string) => base.replace(/\/$/, '') + path

function ownUrl({ path, headers }: CapturedTarget): string {
  if (pathOf(path) !== path) return path
  const isSecure = /^\s*https\b/i.test(headerValue(headers, 'X-Forwarded-Proto') ?? '')
  return `${isSecure ? 'https' : 'http'}://${headerValue(headers, 'Host') ?? ''}${path}`
}
