import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { buildConnector } from 'undici'
import { certificateProblem } from './peer-certificate.ts'

/** How long one address of several may take before the next is tried too. */
const NEXT_ADDRESS_AFTER_MS = 1_000

export type ConnectStage = 'dns' | 'connect' | 'tls' | 'ready'

export interface DialOptions {
  lookup: LookupFunction
  /** Authorities to trust in place of the system's, as PEM. */
  ca: readonly string[] | undefined
}

export interface DialListener {
  onStage(stage: ConnectStage): void
  done: buildConnector.Callback
}

/** Opens a socket and says which stage begins; `done` is called once, with a socket whose peer is trusted or with an error. */
export function dial(target: buildConnector.Options, options: DialOptions, { onStage, done }: DialListener): Socket {
  const secure = target.protocol === 'https:'
  const socket = secure ? openTls(target, options) : connectTcp(addressOf(target, options))
  let settled = false

  function settle(error: Error | null): void {
    if (settled) return
    settled = true
    if (error) {
      socket.destroy()
      return done(error, null)
    }
    onStage('ready')
    done(null, socket)
  }

  onStage(isIP(target.hostname) === 0 ? 'dns' : 'connect')
  socket.setNoDelay(true)
  socket.once('lookup', (error: Error | null) => {
    if (!error) onStage('connect')
  })
  socket.on('error', settle)
  if (secure) {
    socket.once('connect', () => onStage('tls'))
    socket.once('secureConnect', () => settle(certificateProblem(socket as TLSSocket)))
  } else {
    socket.once('connect', () => settle(null))
  }
  return socket
}

function openTls(target: buildConnector.Options, { lookup, ca }: DialOptions): TLSSocket {
  return connectTls({
    ...addressOf(target, { lookup }),
    ...(isIP(target.hostname) === 0 ? { servername: target.hostname } : {}),
    ...(ca ? { ca: [...ca] } : {}),
    ALPNProtocols: ['http/1.1'],
    // Judged by `certificateProblem`, which can still tell what the certificate says.
    rejectUnauthorized: false,
  })
}

function addressOf({ hostname, port, protocol }: buildConnector.Options, { lookup }: Pick<DialOptions, 'lookup'>) {
  return {
    host: hostname,
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    lookup,
  }
}
