import type { Socket } from 'node:net'
import type { Client, Dispatcher } from 'undici'
import type { RequestTls } from '#main/engine/ports.ts'
import { dial, type ConnectStage, type DialOptions } from './dial/dial.ts'
import type { Proxy } from './dial/proxies.ts'
import { skipInterimAnswers, type InterimAnswers } from './interim-answers.ts'

/** Below the five seconds after which common servers close an idle socket. */
const KEEP_ALIVE_MS = 4_000
/** How long before the receiver says that it will close an idle socket we do. */
const BEFORE_HINT_MS = 1_000
/** One for all: making an error with its trace for each socket that is closed on purpose costs more than the closing. */
const CLOSED_ON_PURPOSE = new Error('The connection was closed')

/** Who is connected to and how: what two requests must share to share a socket. */
export interface Route {
  readonly origin: string
  readonly tls: RequestTls
}

/** One socket along one route, opened by its first request and kept for the next. */
export interface Connection {
  readonly route: Route
  /** The proxy that passes plain requests on; null where the receiver is reached straight or through a tunnel. */
  readonly forwarder: Proxy | null
  isOpen(): boolean
  /** Bytes that were handed over for sending and still wait. */
  unsentBytes(): number
  remoteAddress(): string | null
  /** `onStage` hears which stage begins while a socket is being opened; nothing where it stands already. */
  dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
    onStage: (stage: ConnectStage) => void,
  ): void
  destroy(): Promise<void>
}

export interface ConnectionOptions extends DialOptions {
  /** undici's own. */
  Client: typeof Client
}

export function openConnection(
  route: Route,
  options: ConnectionOptions,
  onClosed: (it: Connection) => void,
): Connection {
  const target = targetOf(route)
  const plainTarget = { protocol: 'http:', hostname: target.host, port: target.port }
  let socket: Socket | null = null
  let interim: InterimAnswers | null = null
  let remoteAddress: string | null = null
  let open = false
  let tellStage: (stage: ConnectStage) => void = () => {}

  const client = new options.Client(route.origin, {
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    keepAliveTimeoutThreshold: BEFORE_HINT_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_target, done) => {
      dial(target, options, {
        onStage: (stage) => tellStage(stage),
        onSocket: (opened) => (socket = opened),
        done(error, ready) {
          if (!ready) return done(error ?? new Error('No socket was opened'), null)
          interim = skipInterimAnswers(ready)
          done(null, ready)
        },
      })
    },
  })

  const connection: Connection = {
    route,
    forwarder: target.secure ? null : options.proxies.for(plainTarget),
    isOpen: () => open,
    unsentBytes: () => socket?.writableLength ?? 0,
    remoteAddress: () => remoteAddress,
    dispatch(request, handler, onStage) {
      tellStage = onStage
      interim?.expectAnswer()
      client.dispatch(request, handler)
    },
    async destroy() {
      open = false
      const closed = client.destroy(CLOSED_ON_PURPOSE)
      socket?.destroy()
      await closed
    },
  }
  client.on('connect', () => {
    open = true
    remoteAddress = socket?.remoteAddress ?? null
  })
  client.on('disconnect', () => {
    open = false
    onClosed(connection)
  })
  return connection
}

function targetOf({ origin, tls }: Route) {
  const { protocol, hostname, port } = new URL(origin)
  const secure = protocol === 'https:'
  return {
    secure,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    tls,
  }
}
