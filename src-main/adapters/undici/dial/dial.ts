import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import type { AddressGuard, RequestTls } from '#main/engine/ports.ts'
import type { Authorities } from './authorities.ts'
import { DialError } from './dial-error.ts'
import { guardedLookup } from './guarded-lookup.ts'
import { certificateProblem } from './peer-certificate.ts'
import type { Proxies, Proxy } from './proxies.ts'
import { openTunnel } from './tunnel.ts'

/** How long one address of several may take before the next is tried too. */
const NEXT_ADDRESS_AFTER_MS = 1_000

export type ConnectStage = 'dns' | 'connect' | 'tls' | 'ready'

export interface DialOptions {
  lookup: LookupFunction
  guard: AddressGuard | null
  proxies: Proxies
  authorities: Authorities
  /** A certificate was let through that nobody vouches for. */
  onUnverified: (problem: { host: string; reason: string }) => void
}

export interface DialTarget {
  secure: boolean
  /** A name or a literal address without brackets. */
  host: string
  port: number
  tls: RequestTls
}

export interface DialListener {
  onStage(stage: ConnectStage): void
  /** A socket that is being opened; the last one told is the one that counts. */
  onSocket(socket: Socket): void
  /** Called once, with a socket whose peer is trusted or with an error. */
  done(error: Error | null, socket: Socket | null): void
}

/** Opens a socket to whoever the guard lets through, straight or by a proxy, and says which stage begins. */
export function dial(target: DialTarget, options: DialOptions, listener: DialListener): void {
  const { onStage, onSocket, done } = listener
  let settled = false
  let current: Socket | null = null

  const opening: Opening = {
    onStage,
    track(socket) {
      current = socket
      socket.setNoDelay(true)
      onSocket(socket)
      return socket
    },
    settle(error) {
      if (settled) return
      settled = true
      if (error) {
        current?.destroy()
        return done(error, null)
      }
      onStage('ready')
      done(null, current)
    },
  }
  onStage(isIP(target.host) === 0 ? 'dns' : 'connect')
  const refused = options.guard?.refuseHost(target.host, target.port)
  if (refused) return queueMicrotask(() => opening.settle(new DialError('address_refused', refused)))
  const proxy = options.proxies.for({
    protocol: target.secure ? 'https:' : 'http:',
    hostname: target.host,
    port: target.port,
  })
  if (proxy) return openThrough(proxy, { target, options, opening })
  openStraight({ target, options, opening })
}

interface Opening {
  onStage(stage: ConnectStage): void
  track<S extends Socket>(socket: S): S
  settle(error: Error | null): void
}

interface Work {
  target: DialTarget
  options: DialOptions
  opening: Opening
}

function openStraight({ target, options, opening }: Work): void {
  const lookup = guardedLookup(options.lookup, options.guard, target.port)
  const socket = opening.track(connectTcp(addressOf(target, lookup)))
  socket.once('lookup', (error: Error | null) => {
    if (!error) opening.onStage('connect')
  })
  socket.on('error', opening.settle)
  socket.once('connect', () => (target.secure ? secure(socket, { target, options, opening }) : opening.settle(null)))
}

/** The proxy itself is what an administrator named: the guard does not judge it, nor does its name tell the target's. */
function openThrough(proxy: Proxy, work: Work): void {
  const { target, options, opening } = work
  opening.onStage('connect')
  const address = addressOf(proxy, options.lookup)
  const socket = opening.track(
    proxy.secure ? connectTls({ ...address, ...namedServer(proxy.host) }) : connectTcp(address),
  )
  const unreachable = (error: Error): void =>
    opening.settle(new DialError('proxy_unreachable', 'code' in error ? String(error.code) : 'not reached'))
  socket.on('error', unreachable)
  socket.once(proxy.secure ? 'secureConnect' : 'connect', () => {
    if (!target.secure) return opening.settle(null)
    const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`
    openTunnel(socket, { authority, proxy }, (error) => (error ? opening.settle(error) : secure(socket, work)))
  })
}

function secure(plain: Socket, { target, options, opening }: Work): void {
  opening.onStage('tls')
  let socket: TLSSocket
  try {
    socket = opening.track(connectTls({ socket: plain, ...tlsOptions(target, options) }))
  } catch (error) {
    return opening.settle(error instanceof Error ? error : new Error('The handshake could not begin'))
  }
  socket.on('error', opening.settle)
  socket.once('secureConnect', () => {
    const problem = certificateProblem(socket)
    if (problem && target.tls.verify) return opening.settle(problem)
    if (problem) options.onUnverified({ host: target.host, reason: problem.message })
    opening.settle(null)
  })
}

function tlsOptions({ host, tls }: DialTarget, { authorities }: DialOptions): ConnectionOptions {
  const secureContext = authorities(tls.ca)
  return {
    ...namedServer(host),
    ...(secureContext ? { secureContext } : {}),
    // Needed where no server name is sent: certificates are checked against it.
    host,
    ALPNProtocols: ['http/1.1'],
    // Judged by `certificateProblem`, which can still tell what the certificate says.
    rejectUnauthorized: false,
  }
}

function namedServer(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {}
}

function addressOf({ host, port }: { host: string; port: number }, lookup: LookupFunction) {
  return { host, port, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS, lookup }
}
