import ipaddr from 'ipaddr.js'
import { isWithin, type Address } from './address-ranges.ts'

/** Ways to write an IPv4 address inside one of IPv6: where its four bytes stand. */
const EMBEDDINGS = [
  { range: ipaddr.parseCIDR('::ffff:0:0/96'), at: [12, 13, 14, 15], own: false },
  { range: ipaddr.parseCIDR('::/96'), at: [12, 13, 14, 15], own: false },
  { range: ipaddr.parseCIDR('::ffff:0:0:0/96'), at: [12, 13, 14, 15], own: false },
  { range: ipaddr.parseCIDR('64:ff9b::/96'), at: [12, 13, 14, 15], own: false },
  // Translators for local use take any prefix length within it; a network of somebody's own in any case.
  { range: ipaddr.parseCIDR('64:ff9b:1::/48'), at: [6, 7, 9, 10], own: true },
  { range: ipaddr.parseCIDR('64:ff9b:1::/48'), at: [12, 13, 14, 15], own: true },
  { range: ipaddr.parseCIDR('2002::/16'), at: [2, 3, 4, 5], own: true },
] as const

/** Not addresses of IPv4 although they lie in the range of the old compatible form. */
const OWN_IPV6 = new Set(['0:0:0:0:0:0:0:0', '0:0:0:0:0:0:0:1'])

/**
 * Every address that a packet to this one may reach: those of IPv4 that are written inside it, and itself where it is not
 * merely a spelling of them. Null where the text is no address.
 */
export function readAddress(text: string): readonly Address[] | null {
  const [bare = ''] = text.split('%')
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return [ipaddr.IPv4.parse(bare)]
  const address = readIpv6(bare)
  if (!address) return null
  if (OWN_IPV6.has(address.toNormalizedString())) return [address]
  const bytes = address.toByteArray()
  const fitting = EMBEDDINGS.filter(({ range }) => isWithin(address, range))
  const embedded = fitting.map(({ at }) => new ipaddr.IPv4(at.map((index) => bytes[index] ?? 0)))
  return fitting.every(({ own }) => own) ? [...embedded, address] : embedded
}

function readIpv6(text: string): ipaddr.IPv6 | null {
  try {
    return ipaddr.IPv6.parse(text)
  } catch {
    return null
  }
}
