import { networkInterfaces } from 'node:os'
import { readProxies } from '../adapters/undici/dial/proxies.ts'
import { createRelayCaller } from '../adapters/undici/relay-caller.ts'
import { createUndiciTransport } from '../adapters/undici/transport.ts'
import { createAddressGuard } from '../engine/address-guard/address-guard.ts'
import type { AddressGuard, Clock, Log, RelayCaller, Transport } from '../engine/ports.ts'

/** The way out: whom this program may reach, and what keeps to it. `environment` names proxies, if any. */
export function createWayOut({
  clock,
  log,
  environment,
  mode,
  allow,
  ownPorts,
}: {
  clock: Clock
  log: Log
  /** `team` lets nothing through to private addresses but what is allowed. */
  mode: 'local' | 'team'
  allow: readonly string[]
  /** That Hookloop listens on, as they are known by then. */
  ownPorts: ReadonlySet<number>
  environment: Readonly<Record<string, string | undefined>>
}): { guard: AddressGuard; transport: Transport; relays: RelayCaller } {
  const own = () => ({ addresses: ownAddresses(), ports: ownPorts })
  const guard = createAddressGuard(
    mode === 'team' ? { mode, allow: allow.map(asCidr), own, refusedPorts: NOT_FOR_WEBHOOKS } : { mode, allow: [] },
  )
  const proxies = readProxies(environment)
  for (const problem of proxies.problems) log.warn('A proxy of the environment is left out', { problem })
  const transport = createUndiciTransport({
    clock,
    guard,
    proxies,
    onUnverified: (problem) => log.warn('A delivery went to a receiver whose certificate nobody vouches for', problem),
  })
  return { guard, transport, relays: createRelayCaller({ guard, proxies }) }
}

/** Mail, shells, databases and the like: whoever answers there takes no webhook, and may take harm. */
const NOT_FOR_WEBHOOKS: ReadonlySet<number> = new Set([
  19, 21, 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 587, 636, 993, 995, 1433, 1521, 2049, 2375, 2379,
  3306, 3389, 5432, 5672, 6379, 9042, 9200, 11_211, 27_017,
])

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
}

function asCidr(network: string): string {
  if (network.includes('/')) return network
  return `${network}/${network.includes(':') ? 128 : 32}`
}
