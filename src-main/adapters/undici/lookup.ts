import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'

const LOOPBACK = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

/** The system's resolver, but that `localhost` always means both loopback addresses: an app may listen on either one alone. */
export const lookupHost: LookupFunction = (hostname, options, done) => {
  if (hostname !== 'localhost' && !hostname.endsWith('.localhost')) return systemLookup(hostname, options, done)
  if (options.all) return queueMicrotask(() => done(null, LOOPBACK))
  queueMicrotask(() => done(null, '127.0.0.1', 4))
}
