import type { SourceView } from '#shared/contract/sources.ts'

/** Where pages send: on the source's public address where it has one, since theirs are read elsewhere too. */
export function publicIngestUrl({ ingestUrl, publicUrl }: Pick<SourceView, 'ingestUrl' | 'publicUrl'>): string {
  return publicUrl === null ? ingestUrl : new URL(new URL(ingestUrl).pathname, publicUrl).href
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
