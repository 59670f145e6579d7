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
}: {
  clock: Clock
  log: Log
  environment: Readonly<Record<string, string | undefined>>
}): { guard: AddressGuard; transport: Transport; relays: RelayCaller } {
  const guard = createAddressGuard({ mode: 'local', allow: [] })
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
