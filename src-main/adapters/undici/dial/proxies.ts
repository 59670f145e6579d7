import { BlockList, isIP, isIPv6 } from 'node:net'

/** A proxy of the environment. `authorization` is never logged. */
export interface Proxy {
  readonly secure: boolean
  readonly host: string
  readonly port: number
  readonly authorization: string | null
}

export interface Proxies {
  /** The way to an origin; null goes straight. */
  for(target: { protocol: string; hostname: string; port: number }): Proxy | null
  /** What of the environment is not followed and why, in plain words without credentials. */
  readonly problems: readonly string[]
}

export const NO_PROXIES: Proxies = { for: () => null, problems: [] }

/**
 * Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY (small letters win). This machine is always reached straight.
 * NO_PROXY lists names (with what lies below them), addresses, networks as CIDR, each with a port if wanted, or `*`.
 */
export function readProxies(environment: Readonly<Record<string, string | undefined>>): Proxies {
  const problems: string[] = []
  const read = (name: string): string => environment[name.toLowerCase()] || environment[name] || ''
  const proxy = (name: string): Proxy | null => {
    const text = read(name)
    if (text === '') return null
    const parsed = parseProxy(text)
    if (!parsed) problems.push(`${name} is not followed: only http:// and https:// proxies are`)
    return parsed
  }
  const all = proxy('ALL_PROXY')
  const byProtocol = new Map([
    ['http:', proxy('HTTP_PROXY') ?? all],
    ['https:', proxy('HTTPS_PROXY') ?? all],
  ])
  const isExcepted = exceptions(read('NO_PROXY'))

  return {
    for({ protocol, hostname, port }) {
      const found = byProtocol.get(protocol) ?? null
      return found && (isThisMachine(hostname) || isExcepted(hostname, port)) ? null : found
    },
    problems,
  }
}

function parseProxy(text: string): Proxy | null {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return null
  const secure = url.protocol === 'https:'
  const credentials = `${decode(url.username)}:${decode(url.password)}`
  return {
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    authorization: credentials === ':' ? null : `Basic ${Buffer.from(credentials).toString('base64')}`,
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function isThisMachine(hostname: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(hostname) || LOOPBACK.check(hostname, isIPv6(hostname) ? 'ipv6' : 'ipv4')
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8)
LOOPBACK.addAddress('::1', 'ipv6')

type Exception = (hostname: string, port: number) => boolean

function exceptions(list: string): Exception {
  const entries = list
    .split(/[\s,]+/)
    .filter((text) => text !== '')
    .map(exception)
  return (hostname, port) => entries.some((entry) => entry(hostname.toLowerCase().replace(/\.$/, ''), port))
}

function exception(text: string): Exception {
  if (text === '*') return () => true
  const network = networkOf(text)
  if (network) return (hostname) => isIP(hostname) !== 0 && network.check(hostname, isIPv6(hostname) ? 'ipv6' : 'ipv4')
  const { name = '', port } = /^(?<name>\[[^\]]*\]|[^:]*)(?::(?<port>\d+))?$/.exec(text)?.groups ?? { name: text }
  const suffix = name.toLowerCase().replace(/^\*?\.|^\[|\]$/g, '')
  return (hostname, asked) =>
    (hostname === suffix || hostname.endsWith(`.${suffix}`)) && (port === undefined || Number(port) === asked)
}

function networkOf(text: string): BlockList | null {
  const [base = '', bits] = text.split('/')
  if (bits === undefined || isIP(base) === 0) return null
  const network = new BlockList()
  try {
    network.addSubnet(base, Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4')
    return network
  } catch {
    return null
  }
}
