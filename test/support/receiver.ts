import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { HeaderList } from '#shared/model/header.ts'

export interface ReceivedRequest {
  method: string
  /** Path and query as they stood on the request line. */
  target: string
  /** In wire order, duplicates and casing kept. */
  headers: HeaderList
  body: Buffer
  sha256: string
  /** Which of the receiver's connections carried it, counted from 1. */
  connection: number
}

/** How the receiver behaves towards one request. */
export type ReceiverAnswer =
  | {
      status: number
      headers?: HeaderList
      body?: string | Uint8Array
      /** The answer waits for this. */
      after?: Promise<unknown>
    }
  /** Bytes of our own in place of an HTTP answer; `hold` leaves the socket open, `drip` goes on with a byte now and then. */
  | { raw: string | Uint8Array; then: 'end' | 'reset' | 'hold' | 'drip' }
  | 'reset'
  | 'silence'

export type ReceiverScript =
  /** In turn; the last one stays. */
  | readonly ReceiverAnswer[]
  /** `index` counts requests from 0. */
  | ((request: ReceivedRequest, index: number) => ReceiverAnswer | Promise<ReceiverAnswer>)

export interface Receiver {
  /** Without a trailing slash. */
  url: string
  port: number
  requests: readonly ReceivedRequest[]
  /** Resolves once `count` requests have come whole. */
  waitFor(count: number): Promise<readonly ReceivedRequest[]>
  close(): Promise<void>
}

export interface ReceiverOptions {
  /** A free one where it is left out. */
  port?: number
  host?: '127.0.0.1' | '::1'
  script?: ReceiverScript
  /** Speaks TLS with these, as PEM. */
  tls?: { key: string; cert: string }
}

const DRIP_EVERY_MS = 20

/** A receiver of webhooks on loopback that does as it is told, and keeps what came. */
export async function startReceiver({
  port = 0,
  host = '127.0.0.1',
  script = [{ status: 200 }],
  tls,
}: ReceiverOptions = {}): Promise<Receiver> {
  const requests: ReceivedRequest[] = []
  const sockets = new Map<Socket, number>()
  const waiting = new Set<() => void>()
  const answerOf: Exclude<ReceiverScript, readonly ReceiverAnswer[]> =
    typeof script === 'function'
      ? script
      : (_request, index) => script[Math.min(index, script.length - 1)] ?? { status: 200 }

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, sockets.get(incoming.socket) ?? 0)
    if (!request) return
    const index = requests.push(request) - 1
    for (const check of waiting) check()
    await perform(await answerOf(request, index), incoming.socket, outgoing)
  }

  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => void handle(incoming, outgoing)
  const server = tls ? createHttpsServer(tls, listener) : createHttpServer(listener)
  let connections = 0
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.set(socket, (connections += 1))
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(port, host)
  await once(server, 'listening')
  const bound = (server.address() as AddressInfo).port

  return {
    url: `${tls ? 'https' : 'http'}://${host === '::1' ? '[::1]' : host}:${bound}`,
    port: bound,
    requests,
    waitFor(count) {
      return new Promise((resolve) => {
        const check = (): void => {
          if (requests.length < count) return
          waiting.delete(check)
          resolve(requests)
        }
        waiting.add(check)
        check()
      })
    },
    async close() {
      for (const socket of sockets.keys()) socket.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Null where the sender left before the end. */
async function readRequest(incoming: IncomingMessage, connection: number): Promise<ReceivedRequest | null> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
  } catch {
    return null
  }
  const body = Buffer.concat(chunks)
  const { rawHeaders } = incoming
  const headers = rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
  )
  return {
    method: incoming.method ?? '',
    target: incoming.url ?? '',
    headers,
    body,
    sha256: createHash('sha256').update(body).digest('hex'),
    connection,
  }
}

async function perform(answer: ReceiverAnswer, socket: Socket, outgoing: ServerResponse): Promise<void> {
  if (answer === 'silence') return
  if (answer === 'reset') {
    socket.resetAndDestroy()
    return
  }
  if ('raw' in answer) {
    socket.write(answer.raw, () => finishRaw(answer.then, socket))
    return
  }
  await answer.after
  outgoing.writeHead(answer.status, (answer.headers ?? []).flat())
  outgoing.end(answer.body)
}

function finishRaw(then: 'end' | 'reset' | 'hold' | 'drip', socket: Socket): void {
  if (then === 'end') socket.end()
  if (then === 'reset') socket.resetAndDestroy()
  if (then !== 'drip') return
  const timer = setInterval(() => socket.write('.'), DRIP_EVERY_MS)
  socket.once('close', () => clearInterval(timer))
}
