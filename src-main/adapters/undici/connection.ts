import type { Socket } from 'node:net'
import { Client, type Dispatcher } from 'undici'
import { dial, type ConnectStage, type DialOptions } from './dial.ts'

/** Below the five seconds after which common servers close an idle socket. */
const KEEP_ALIVE_MS = 4_000

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

export function openConnection(origin: string, options: DialOptions, onClosed: (it: Connection) => void): Connection {
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
      socket = dial(target, options, { onStage: (stage) => tellStage(stage), done })
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
