import type { DoctorCase } from '../subject.ts'
import { type ProxyHints, proxyHints } from './proxy-hints.ts'
import { defaultPort, type UrlParts, urlParts } from './url-parts.ts'

export type UrlEdit = 'protocol' | 'host' | 'port' | 'path' | 'trailing_slash' | 'query'

export interface Writing {
  parts: UrlParts
  edits: readonly UrlEdit[]
}

const MOST = 400
type Alternatives = readonly { edits: readonly UrlEdit[]; parts: Partial<UrlParts> }[]

/** Other URLs that the sender may have called and signed, those with the fewest edits first. */
export function urlWritings(case_: DoctorCase): readonly Writing[] {
  const start = urlParts(case_.message.url) ?? urlParts(case_.publicUrl ?? '')
  if (!start) return []
  const hints = proxyHints(case_.message.headers)
  const known = urlParts(case_.publicUrl ?? '')
  const choices = [
    authorities(start, hints, known),
    paths(start, hints, { known, mountPath: case_.mountPath }),
    queries(start),
  ]
  let writings: Writing[] = [{ parts: start, edits: [] }]
  for (const alternatives of choices) {
    writings = writings.flatMap((writing) =>
      [{ edits: [], parts: {} }, ...alternatives].map(({ edits, parts }) => ({
        parts: { ...writing.parts, ...parts },
        edits: [...writing.edits, ...edits],
      })),
    )
  }
  return writings
    .filter(({ edits }) => edits.length > 0)
    .toSorted((one, other) => one.edits.length - other.edits.length)
    .slice(0, MOST)
}

/** Protocol, host and port together, since a port belongs to its host. */
function authorities(start: UrlParts, hints: ProxyHints, known: UrlParts | null): Alternatives {
  const protocols = [...new Set([start.protocol, ...hints.protocols, start.protocol === 'https' ? 'http' : 'https'])]
  const hosts = [start.host + start.port, ...hints.hosts, ...(known ? [known.host + known.port] : [])]
  return protocols.flatMap((protocol) =>
    [...new Set(hosts)].flatMap((written) => {
      const [, host = '', port = ''] = /^(.*?)(:\d+)?$/.exec(written) ?? []
      const ports = new Set([port, '', defaultPort(protocol), start.port, ...hints.ports])
      return [...ports].flatMap((each) => {
        const edits: UrlEdit[] = []
        if (protocol !== start.protocol) edits.push('protocol')
        if (host !== start.host) edits.push('host')
        if (each !== start.port) edits.push('port')
        return edits.length === 0 ? [] : [{ edits, parts: { protocol, host, port: each } }]
      })
    }),
  )
}

function paths(
  start: UrlParts,
  hints: ProxyHints,
  { known, mountPath }: { known: UrlParts | null; mountPath: string | null },
): Alternatives {
  const below = mountPath !== null && isBelow(start.path, mountPath) ? start.path.slice(mountPath.length) : null
  const prefix = known?.path.replace(/\/$/, '') ?? ''
  const plain = [
    ...hints.paths.map((path) => path.replace(/\?[^]*$/, '')),
    ...hints.prefixes.map((before) => before.replace(/\/$/, '') + start.path),
    ...(below === null ? [] : [below, prefix + below]),
    ...(below === null && mountPath !== null ? [mountPath + start.path] : []),
    ...(prefix === '' ? [] : [prefix + start.path, isBelow(start.path, prefix) ? start.path.slice(prefix.length) : '']),
    decoded(start.path),
  ]
  const moved = [...new Set(plain)].filter((path) => path !== start.path)
  return [start.path, ...moved].flatMap((path) => {
    const edits: UrlEdit[] = path === start.path ? [] : ['path']
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`
    const flipped = { edits: [...edits, 'trailing_slash' as const], parts: { path: other } }
    return edits.length === 0 ? [flipped] : [{ edits, parts: { path } }, flipped]
  })
}

const isBelow = (path: string, mount: string) => path === mount || path.startsWith(`${mount}/`)

function queries({ query }: UrlParts): Alternatives {
  if (query.length < 2) return []
  const text = query.slice(1)
  const form = new URLSearchParams(text)
  const sorted = text.split('&').toSorted().join('&')
  const others = [
    '',
    `?${sorted}`,
    `?${form.toString()}`,
    decoded(query),
    query.replaceAll('+', '%20'),
    query.replaceAll('%20', '+'),
  ]
  const cases = [
    query.replaceAll(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase()),
    query.replaceAll(/%[0-9a-f]{2}/gi, (code) => code.toLowerCase()),
  ]
  const reversed = `?${text.split('&').toReversed().join('&')}`
  const distinct = new Set([...others, ...cases, reversed])
  return [...distinct].filter((each) => each !== query).map((each) => ({ edits: ['query'], parts: { query: each } }))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
