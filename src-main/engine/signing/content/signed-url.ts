import type { SigningScheme } from '../scheme.ts'

/** The ways of writing a public URL that a sender may have signed, the given one first; never empty. */
export function urlForms({ url: rules }: SigningScheme, url: string, form: string): readonly string[] {
  if (rules?.sortedQuery) return [withSortedQuery(url, form)]
  if (!rules?.anyPort) return [url]
  return [...new Set([url, withoutPort(url), withPort(url)])]
}

/** What a URL's query says the hash of the body is; null where it says nothing. */
export function claimedBodyHash({ url: rules }: SigningScheme, url: string): string | null {
  return rules?.bodyHash === undefined ? null : (URL.parse(url)?.searchParams.get(rules.bodyHash) ?? null)
}

/** The names and values of a form body, sorted by name and then value, run together. */
export function sortedForm(body: Uint8Array, repeats: 'once' | 'all'): string {
  const pairs = [...new URLSearchParams(new TextDecoder().decode(body))]
  const byName = Map.groupBy(pairs, ([name]) => name)
  const names = [...byName.keys()].toSorted()
  return names
    .flatMap((name) => {
      const values = (byName.get(name) ?? []).map(([, value]) => value).toSorted()
      return (repeats === 'once' ? [...new Set(values)] : values).map((value) => name + value)
    })
    .join('')
}

/** Scheme, host with user info, port, and the rest as they are written, so that nothing else is normalised. */
const PARTS = /^([a-z][a-z0-9+.-]*):\/\/((?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/?#:]*))(:\d*)?([^]*)$/i

function withoutPort(url: string): string {
  const [, scheme, host, , rest] = PARTS.exec(url) ?? []
  return scheme === undefined ? url : `${scheme}://${host}${rest}`
}

function withPort(url: string): string {
  const [, scheme, host, port, rest] = PARTS.exec(url) ?? []
  if (scheme === undefined || (port !== undefined && port !== '')) return url
  return `${scheme}://${host}:${scheme.toLowerCase() === 'https' ? '443' : '80'}${rest}`
}

/** The query decoded and sorted; a full stop parts it from a form, a question mark stands even before a form alone. */
function withSortedQuery(url: string, form: string): string {
  const [base = '', query = ''] = url.split(/\?([^]*)/)
  const pairs = [...new URLSearchParams(query)].toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  const sorted = pairs.map(([name, value]) => `${name}=${value}`).join('&')
  if (sorted === '') return form === '' ? base : `${base}?`
  return `${base}?${sorted}${form === '' ? '' : '.'}`
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
