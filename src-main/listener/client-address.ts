import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Where a request came from, as far as it can be known. */
export interface Client {
  /** Null where nobody knows any more, as after the end of its connection. */
  address: string | null
  /** It came from this machine itself, and through no proxy. */
  isHere: boolean
}

/** Tells who sent a request. */
export type ReadClient = (request: Pick<IncomingMessage, 'socket' | 'headers'>) => Client

export interface Proxies {
  read: ReadClient
  /** The address alone, which is all that a capture asks for. */
  addressOf(request: Parameters<ReadClient>[0]): string | null
  /** Whether an address is that of a proxy that speaks for many. */
  isProxy(address: string): boolean
}

const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']

/**
 * `trusted` are the networks of proxies whose word counts, as addresses or CIDR. Of the addresses in X-Forwarded-For, the last
 * one that is no proxy's is the client's: what stands before it, anybody could have written. Throws `RangeError` for what is
 * no network.
 */
export function createProxies(trusted: readonly string[]): Proxies {
  const proxies = networkList(trusted)
  const isProxy = (address: string): boolean => trusted.length > 0 && holds(proxies, address)

  function addressOf({ socket, headers }: Parameters<ReadClient>[0]): string | null {
    const peer = plainAddress(socket.remoteAddress)
    if (peer === null || !isProxy(peer)) return peer
    return forwardedFor(headers['x-forwarded-for'], isProxy) ?? peer
  }

  return {
    isProxy,
    addressOf,
    read(request) {
      const peer = plainAddress(request.socket.remoteAddress)
      const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined)
      const isHere = peer !== null && !isForwarded && isLoopback(peer)
      return { address: addressOf(request), isHere }
    },
  }
}

/** An IPv4 address that came over an IPv6 socket is shown as IPv4. */
export function plainAddress(address: string | undefined): string | null {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? null
}

/** Throws `RangeError` for a text that is no address and no CIDR. */
export function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits, ...more] = network.split('/')
    const family = isIP(address)
    const most = family === 4 ? 32 : 128
    const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN
    if (family === 0 || more.length > 0 || !(length <= most)) throw new RangeError(`“${network}” is no network`)
    list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

function holds(list: BlockList, address: string): boolean {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

function forwardedFor(header: string | string[] | undefined, isProxy: (address: string) => boolean): string | null {
  const addresses = [header ?? ''].flat().join(',').split(',')
  for (const text of addresses.toReversed()) {
    const address = plainAddress(
      text
        .trim()
        .replace(/^\[(.*)\](?::\d+)?$/, '$1')
        .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1'),
    )
    if (address === null || isIP(address) === 0) return null
    if (!isProxy(address)) return address
  }
  return null
}

const LOOPBACK = networkList(['127.0.0.0/8', '::1'])

function isLoopback(address: string): boolean {
  return holds(LOOPBACK, address)
}
