import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import type { LookupFunction } from 'node:net'
import { join } from 'node:path'
import { callbackify } from 'node:util'
import { addressesInHosts } from './hosts-file.ts'
import { createSystemNames } from './system-names.ts'

/** Of one server; each is asked twice. */
const ANSWER_WITHIN_MS = 2_500

const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]
const HOSTS_FILE =
  process.platform === 'win32'
    ? join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
    : '/etc/hosts'

/** What no server knows but the system may: names of the local network, of a VPN, of a search domain. */
const ASK_THE_SYSTEM = new Set([
  'ENOTFOUND',
  'ENODATA',
  'ECONNREFUSED',
  'EFORMERR',
  'EBADNAME',
  'EBADRESP',
  'ENOTINITIALIZED',
])

export interface LookupOptions {
  /** DNS servers as `address:port`; the system's where it is left out. */
  servers?: readonly string[]
  system?: typeof systemLookup
  hostsFile?: string
}

/**
 * Resolves without the threads that the system's own resolver needs: there are four for everything, so that a few names
 * whose servers are silent would hold up all the others. `localhost` always means both loopback addresses, because an app
 * may listen on either one alone.
 */
export function createLookup({
  servers,
  system = systemLookup,
  hostsFile = HOSTS_FILE,
}: LookupOptions = {}): LookupFunction {
  const resolver = new Resolver({ timeout: ANSWER_WITHIN_MS, tries: 2 })
  if (servers) resolver.setServers(servers)
  const systemNames = createSystemNames(system)

  async function resolve(hostname: string): Promise<readonly LookupAddress[]> {
    const name = hostname.replace(/\.$/, '').toLowerCase()
    if (name === 'localhost' || name.endsWith('.localhost')) return LOOPBACK
    const listed = addressesInHosts(await readFile(hostsFile, 'utf8').catch(() => ''), name)
    if (listed.length > 0) return listed
    if (!name.includes('.')) return systemNames(hostname)
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const found = [...addressesOf(four, 4), ...addressesOf(six, 6)]
    if (found.length > 0) return found
    const [error] = [four, six].flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
    if (!ASK_THE_SYSTEM.has(codeOf(error))) throw error
    return systemNames(hostname)
  }

  const answer = callbackify(resolve)
  return (hostname, options, done) =>
    answer(hostname, (error, found) => {
      if (error) return done(error, [])
      const [first] = found
      if (options.all) return done(null, [...found])
      done(null, first?.address ?? '', first?.family)
    })
}

function addressesOf(answer: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : []
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
