import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Client, type buildConnector, type Dispatcher } from 'undici'

/** How long one address of several may take before the next is tried too. */
const NEXT_ADDRESS_AFTER_MS = 1_000
/** Below the five seconds after which common servers close an idle socket. */
const KEEP_ALIVE_MS = 4_000

export type ConnectStage = 'dns' | 'connect' | 'tls' | 'ready'

export interface ConnectionOptions {
  lookup: LookupFunction
  /** Authorities to trust in place of the system's, as PEM. */
  ca: readonly string[] | undefined
}

/** One socket to one origin, opened by its first request and kept for the next. */
export interface Connection {
  readonly origin: string
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

export function openConnection(
  origin: string,
  options: ConnectionOptions,
  onClosed: (it: Connection) => void,
): Connection {
  let socket: Socket | null = null
  let remoteAddress: string | null = null
  let open = false
  let tellStage: (stage: ConnectStage) => void = () => {}

  const client = new Client(origin, {
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (target, done) => {
      socket = dial(target, options, (stage) => tellStage(stage))
      reportOnce(socket, target.protocol === 'https:' ? 'secureConnect' : 'connect', () => tellStage('ready'), done)
    },
  })

  const connection: Connection = {
    origin,
    isOpen: () => open,
    unsentBytes: () => socket?.writableLength ?? 0,
    remoteAddress: () => remoteAddress,
    dispatch(request, handler, onStage) {
      tellStage = onStage
      client.dispatch(request, handler)
    },
    async destroy() {
      open = false
      const closed = client.destroy()
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

function dial(
  { hostname, port, protocol }: buildConnector.Options,
  { lookup, ca }: ConnectionOptions,
  onStage: (stage: ConnectStage) => void,
): Socket {
  const secure = protocol === 'https:'
  const target = {
    host: hostname,
    port: Number(port) || (secure ? 443 : 80),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    lookup,
  }
  const named = isIP(hostname) === 0
  onStage(named ? 'dns' : 'connect')
  const socket = secure
    ? connectTls({
        ...target,
        ALPNProtocols: ['http/1.1'],
        ...(named ? { servername: hostname } : {}),
        ...(ca ? { ca: [...ca] } : {}),
      })
    : connectTcp(target)
  socket.setNoDelay(true)
  socket.once('lookup', (error: Error | null) => {
    if (!error) onStage('connect')
  })
  if (secure) socket.once('connect', () => onStage('tls'))
  return socket
}

function reportOnce(socket: Socket, readyEvent: string, onReady: () => void, done: buildConnector.Callback): void {
  let reported = false
  const report = (tell: () => void): void => {
    if (reported) return
    reported = true
    tell()
  }
  socket.once(readyEvent, () =>
    report(() => {
      onReady()
      done(null, socket)
    }),
  )
  socket.on('error', (error) => report(() => done(error, null)))
}
