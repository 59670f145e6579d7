import ipaddr from 'ipaddr.js'

type Range = ReturnType<typeof ipaddr.parseCIDR>

/** What is no public unicast of IPv4, by what it is for. */
const SPECIAL_IPV4 = ranges([
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'a private network'],
  ['100.64.0.0/10', 'a carrier’s shared network'],
  ['127.0.0.0/8', 'this machine'],
  ['169.254.0.0/16', 'the local link'],
  ['172.16.0.0/12', 'a private network'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.88.99.0/24', 'a 6to4 relay'],
  ['192.168.0.0/16', 'a private network'],
  ['198.18.0.0/15', 'benchmarks'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved use'],
])

/** The exceptions within 2000::/3; all else outside of it is no public unicast of IPv6 either. */
const SPECIAL_IPV6 = ranges([
  ['2001::/23', 'protocol assignments'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', 'a 6to4 relay'],
  ['3fff::/20', 'documentation'],
])

const LOCAL_IPV6 = ranges([
  ['::1/128', 'this machine'],
  ['::/128', 'this network'],
  ['fc00::/7', 'a private network'],
  ['fe80::/10', 'the local link'],
  ['ff00::/8', 'multicast'],
])

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/** Where clouds answer a machine's questions about itself, credentials included. */
const METADATA = new Set(
  [
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd00:ec2::23',
  ].map((text) => ipaddr.parse(text).toNormalizedString()),
)

/** Names of the same services, which an internal resolver alone knows. */
export const METADATA_HOSTS: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
])

export type Address = ipaddr.IPv4 | ipaddr.IPv6

/** What an address is for where it is not public unicast; null where it is. */
export function specialUse(address: Address): string | null {
  if (address instanceof ipaddr.IPv4) return purposeIn(SPECIAL_IPV4, address)
  const use = purposeIn(SPECIAL_IPV6, address) ?? purposeIn(LOCAL_IPV6, address)
  return use ?? (address.match(GLOBAL_IPV6) ? null : 'reserved use')
}

export function isMetadata(address: Address): boolean {
  return METADATA.has(address.toNormalizedString())
}

export function isWithin(address: Address, [base, bits]: Range): boolean {
  return address.kind() === base.kind() && address.match(base, bits)
}

function purposeIn(list: readonly { range: Range; use: string }[], address: Address): string | null {
  return list.find(({ range }) => isWithin(address, range))?.use ?? null
}

function ranges(list: readonly (readonly [cidr: string, use: string])[]): { range: Range; use: string }[] {
  return list.map(([cidr, use]) => ({ range: ipaddr.parseCIDR(cidr), use }))
}
