import ipaddr from 'ipaddr.js'
import type { AddressGuard } from '../ports/address-guard.ts'
import { isMetadata, isWithin, METADATA_HOSTS, specialUse, type Address } from './address-ranges.ts'
import { readAddress } from './read-address.ts'

/** Whom deliveries may reach. */
export type AddressPolicy = {
  /**
   * Networks that are reached all the same, as CIDR. A metadata address counts as listed only where it stands there by
   * itself.
   */
  allow: readonly string[]
} & (
  | { mode: 'local' }
  /** `own` tells this machine's addresses and the ports that Hookloop listens on, as they are now. */
  | {
      mode: 'team'
      own: () => { addresses: readonly string[]; ports: ReadonlySet<number> }
      /** Ports that no delivery goes to, whatever the address. */
      refusedPorts: ReadonlySet<number>
    }
)

/**
 * Judges addresses by their bytes, never by their text. `local` lets a developer reach loopback and private networks, but
 * no cloud's metadata; `team` lets through public unicast alone. Throws where a CIDR of the policy cannot be read.
 */
export function createAddressGuard(policy: AddressPolicy): AddressGuard {
  const listed = policy.allow.map((cidr) => ipaddr.parseCIDR(cidr))
  const isListed = (address: Address): boolean => listed.some((range) => isWithin(address, range))
  const isListedAlone = (address: Address): boolean =>
    listed.some(([base, bits]) => bits === base.toByteArray().length * 8 && isWithin(address, [base, bits]))

  function refuse(address: Address): string | null {
    const text = address.toString()
    if (isMetadata(address)) return isListedAlone(address) ? null : `${text} is a cloud’s metadata service`
    if (policy.mode === 'local' || isListed(address)) return null
    const use = specialUse(address)
    return use === null ? null : `${text} is for ${use}`
  }

  function refuseOwn(addresses: readonly Address[], port: number): string | null {
    if (policy.mode === 'local') return null
    const own = policy.own()
    const mine = new Set(own.addresses.flatMap((text) => readAddress(text) ?? []).map(String))
    const isMine = (address: Address): boolean =>
      mine.has(String(address)) || ['this machine', 'this network'].includes(specialUse(address) ?? '')
    const hit = addresses.find(isMine)
    if (!hit) return null
    if (own.ports.has(port)) return `port ${port} of ${hit.toString()} is Hookloop’s own`
    return isListed(hit) ? null : `${hit.toString()} is this machine`
  }

  function refuseAddress(text: string, port: number): string | null {
    const addresses = readAddress(text)
    if (!addresses) return `“${text.slice(0, 60)}” is not an address that can be read`
    for (const address of addresses) {
      const reason = refuse(address)
      if (reason !== null) return reason
    }
    if (policy.mode === 'team' && policy.refusedPorts.has(port)) return `no delivery goes to port ${port}`
    return refuseOwn(addresses, port)
  }

  return {
    refuseHost(host, port) {
      const name = host
        .toLowerCase()
        .replace(/^\[|\]$/g, '')
        .replace(/\.$/, '')
      if (METADATA_HOSTS.has(name)) return `${name} is a cloud’s metadata service`
      if (readAddress(name)) return refuseAddress(name, port)
      const isLoopback = name === 'localhost' || name.endsWith('.localhost')
      return isLoopback && policy.mode === 'team' ? refuseAddress('127.0.0.1', port) : null
    },
    refuseAddress,
  }
}
