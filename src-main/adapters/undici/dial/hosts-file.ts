import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'

/** What a hosts file says of a name in small letters. */
export function addressesInHosts(text: string, name: string): LookupAddress[] {
  if (!text.toLowerCase().includes(name)) return []
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().toLowerCase().split(/\s+/)
    const family = isIP(address)
    return family !== 0 && names.includes(name) ? [{ address, family }] : []
  })
}
