import type { SourceView } from '#shared/contract/sources.ts'

/** Where pages send: beside the source's public address, where that tells the place of this port's addresses. */
export function publicIngestUrl({
  slug,
  ingestUrl,
  publicUrl,
}: Pick<SourceView, 'slug' | 'ingestUrl' | 'publicUrl'>): string {
  const own = `/in/${slug}`
  const path = publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '')
  if (publicUrl === null || !path.endsWith(own)) return ingestUrl
  return new URL(path.slice(0, -own.length) + new URL(ingestUrl).pathname, publicUrl).href
}

/** Code for a page that sends one event, also while the page closes. */
export function ingestSnippet(url: string): string {
  return `const event = {
  id: crypto.randomUUID(),
  type: 'call_ended',
  createdAt: new Date().toISOString(),
  data: { seconds: 42 },
}
navigator.sendBeacon('${url}', JSON.stringify(event))
// or, to see the answer:
await fetch('${url}', { method: 'POST', keepalive: true, body: JSON.stringify(event) })`
}
