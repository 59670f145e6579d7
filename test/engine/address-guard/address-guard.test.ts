import { BlockList, isIPv4 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAddressGuard } from '#main/engine/address-guard/address-guard.ts'

const own = () => ({ addresses: [], ports: new Set<number>() })
const team = (allow: readonly string[] = []) =>
  createAddressGuard({ mode: 'team', allow, own, refusedPorts: new Set() })
const local = (allow: readonly string[] = []) => createAddressGuard({ mode: 'local', allow })

const PRIVATE_RANGES = {
  '10.0.0.0/8': ['10.0.0.0', '10.255.255.255'],
  '172.16.0.0/12': ['172.16.0.0', '172.31.255.255'],
  '192.168.0.0/16': ['192.168.0.0', '192.168.255.255'],
  '127.0.0.0/8': ['127.0.0.0', '127.255.255.255'],
  '0.0.0.0/8': ['0.0.0.0', '0.255.255.255'],
  '100.64.0.0/10': ['100.64.0.0', '100.127.255.255'],
  '169.254.0.0/16': ['169.254.0.0', '169.254.255.255'],
  '192.0.0.0/24': ['192.0.0.0', '192.0.0.255'],
  '198.18.0.0/15': ['198.18.0.0', '198.19.255.255'],
  '224.0.0.0/4': ['224.0.0.0', '239.255.255.255'],
  '240.0.0.0/4': ['240.0.0.0', '255.255.255.255'],
  '::': ['::'],
  '::1': ['::1'],
  'fc00::/7': ['fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  'fe80::/10': ['fe80::', 'febf::1'],
  'ff00::/8': ['ff00::', 'ff02::1'],
  '100::/64': ['100::', '100::ffff'],
  '5f00::/16': ['5f00::', '5f00:ffff::1'],
} as const

const METADATA = ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '169.254.170.2', '168.63.129.16']

describe('the address guard', () => {
  it.each(Object.entries(PRIVATE_RANGES))(
    'SE02 refuses %s to a team and lets a developer reach it',
    (_range, edges) => {
      for (const address of edges) {
        expect(team().refuseAddress(address, 80), address).not.toBeNull()
        expect(local().refuseAddress(address, 80), address).toBeNull()
      }
    },
  )

  it.each([
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '8.8.8.8',
    '223.255.255.255',
    '2606:4700::1',
    '2a00::1',
    '64:ff9b::808:808',
  ])('SE02 lets a team reach %s, just outside', (address) => {
    expect(team().refuseAddress(address, 443)).toBeNull()
  })

  it('SE02 lets a team reach what its administrator listed, in every spelling', () => {
    const guard = team(['10.1.0.0/16', 'fd12::/16'])
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '64:ff9b::a01:203', 'fd12::1'])
      expect(guard.refuseAddress(address, 80), address).toBeNull()
    for (const address of ['10.2.0.1', 'fd13::1']) expect(guard.refuseAddress(address, 80), address).not.toBeNull()
  })

  it.each(METADATA)('SE01 refuses %s everywhere but where it is listed by itself', (address) => {
    const whole = isIPv4(address) ? `${address}/32` : `${address}/128`
    const around = isIPv4(address) ? `${address}/16` : `${address}/64`
    for (const guard of [team(), local(), team([around]), local([around])])
      expect(guard.refuseAddress(address, 80)).toMatch(/metadata/)
    for (const guard of [team([whole]), local([whole])]) expect(guard.refuseAddress(address, 80)).toBeNull()
  })

  it('SE01 knows the names of metadata services', () => {
    for (const name of ['metadata.google.internal', 'METADATA.google.internal.', 'instance-data.ec2.internal'])
      expect(local().refuseHost(name, 80)).toMatch(/metadata/)
    expect(local().refuseHost('example.com', 80)).toBeNull()
    expect(local().refuseHost('localhost', 80)).toBeNull()
  })

  it('SE03 refuses what is no address', () => {
    for (const text of ['', 'a', '1.2.3', '::g', '1.2.3.4.5']) expect(local().refuseAddress(text, 80)).not.toBeNull()
  })

  it('SE03 agrees with a second implementation over 30,000 addresses and spellings', () => {
    const guards = { team: team(), local: local() }
    const byte = fc.integer({ min: 0, max: 255 })
    const edge = fc.constantFrom(
      '127.0.0.1',
      '10.0.0.1',
      '169.254.169.254',
      '100.100.100.200',
      '8.8.8.8',
      '172.31.0.9',
      '192.168.1.1',
      '0.0.0.0',
    )
    const ipv4 = fc.oneof(
      fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.')),
      edge,
    )
    const spelled = fc.tuple(ipv4, fc.constantFrom(...SPELLINGS)).map(([address, spell]) => spell(address))
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16))
    const ipv6 = fc
      .tuple(
        fc.constantFrom('', '2001', '2002', '2606', 'fd00', 'fe80', 'ff02', '64', '100', '5f00', '3fff'),
        fc.array(group, { minLength: 8, maxLength: 8 }),
      )
      .map(([first, groups]) => (first === '' ? groups : [first, ...groups.slice(1)]).join(':'))
    const disagree = (address: string): boolean =>
      (guards.team.refuseAddress(address, 80) === null) !== isPublic(address) ||
      (guards.local.refuseAddress(address, 80) !== null) !== isMetadata(address)
    const hundred = fc.array(fc.oneof(spelled, spelled, ipv6), { minLength: 100, maxLength: 100 })
    fc.assert(
      fc.property(hundred, (addresses) => {
        expect(addresses.filter(disagree)).toEqual([])
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})

const hex = (address: string): [string, string] => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  return [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)]
}

const SPELLINGS: readonly ((address: string) => string)[] = [
  (address) => address,
  (address) => `::ffff:${address}`,
  (address) => `::ffff:${hex(address).join(':')}`,
  (address) => `0:0:0:0:0:FFFF:${hex(address).join(':').toUpperCase()}`,
  (address) => `64:ff9b::${hex(address).join(':')}`,
  (address) => `64:ff9b::${address}`,
  (address) => `64:ff9b:1::${hex(address).join(':')}`,
  (address) => `2002:${hex(address).join(':')}::1`,
]

/** The second implementation: Node's own list over addresses that the platform's URL parser wrote in their one form. */
const REFUSED_4 = new BlockList()
const REFUSED_6 = new BlockList()
for (const cidr of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]) {
  const [base = '', bits] = cidr.split('/')
  REFUSED_4.addSubnet(base, Number(bits))
}
for (const cidr of ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) {
  const [base = '', bits] = cidr.split('/')
  REFUSED_6.addSubnet(base, Number(bits), 'ipv6')
}
const CLOUD = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd00:ec2::23',
]

function isPublic(address: string): boolean {
  const inner = embedded(address)
  if (inner.some((one) => isRefused(one) || CLOUD.includes(one))) return false
  return isSpelling(address) ? true : !isRefused(address) && !CLOUD.includes(normal(address))
}

function isMetadata(address: string): boolean {
  return [normal(address), ...embedded(address)].some((one) => CLOUD.includes(one))
}

function isRefused(address: string): boolean {
  return isIPv4(address) ? REFUSED_4.check(address) : REFUSED_6.check(address, 'ipv6')
}

const normal = (address: string): string =>
  isIPv4(address) ? address : new URL(`http://[${address}]/`).hostname.slice(1, -1)

function groupsOf(address: string): number[] {
  const [left = '', right = ''] = normal(address).split('::')
  const parts = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((part) => Number.parseInt(part, 16))
  const [before, after] = [parts(left), parts(right)]
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}

const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.')

/** Whether it is only another way to write an address of IPv4. */
function isSpelling(address: string): boolean {
  return (
    !isIPv4(address) && /^0,0,0,0,0,(0|65535),|^0,0,0,0,65535,0,|^100,65435,0,0,0,0,/.test(groupsOf(address).join(','))
  )
}

function embedded(address: string): string[] {
  if (isIPv4(address)) return []
  const groups = groupsOf(address)
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0] = groups
  if (g0 === 0x2002) return [dotted(g1, g2)]
  if (g0 === 0x64 && g1 === 0xff9b && g2 === 1) {
    const split = dotted(g3, ((g4 & 0xff) << 8) | (g5 >> 8))
    return [split, dotted(g6, g7)]
  }
  return isSpelling(address) ? [dotted(g6, g7)] : []
}
