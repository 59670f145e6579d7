import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { AddressGuard } from '#main/engine/ports.ts'
import { DialError } from './dial-error.ts'

/** A lookup whose every answer may be dialled: one refused address among several refuses the name. */
export function guardedLookup(lookup: LookupFunction, guard: AddressGuard | null, port: number): LookupFunction {
  if (!guard) return lookup
  return (hostname, options, done) =>
    lookup(hostname, options, (error, found, family) => {
      if (error) return done(error, found, family)
      const addresses: readonly LookupAddress[] = Array.isArray(found)
        ? found
        : [{ address: found, family: family ?? 0 }]
      const reason = addresses
        .map(({ address }) => guard.refuseAddress(address, port))
        .find((refused) => refused !== null)
      if (reason) return done(new DialError('address_refused', `${hostname} resolves to it: ${reason}`), [], undefined)
      done(null, found, family)
    })
}
