import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { readsUpTo, statusOf, type Behaviour, type Script } from './behaviour.ts'
import { createByteReader } from './byte-reader.ts'
import { perform } from './perform.ts'
import { readBody, readHead, valueOf, type Head, type ReadBody } from './read-request.ts'
import { openReceipts, type Receipt } from './receipts.ts'

/** How it meets connections: plainly, with a certificate, or with a fault before any request. */
export type Security =
  | { kind: 'plain' }
  | { kind: 'tls'; key: string; cert: string; maxVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' }
  /** Takes the connection and never says a word of the handshake. */
  | { kind: 'tls-silence' }
  /** Resets as soon as the handshake begins. */
  | { kind: 'tls-reset' }

export interface MisbehavingReceiverOptions {
  /** A free one where it is left out. */
  port?: number
  script?: Script
  /** Its receipts are appended to this file and flushed to the disk before each answer. */
  ledger?: string
  security?: Security
  onReceipt?: (receipt: Receipt) => void
}

export interface MisbehavingReceiver {
  url: string
  port: number
  receipts: readonly Receipt[]
  /** Changes what the next requests meet. */
  follow(script: Script): void
  /** Resolves once `count` requests are written down. */
  waitFor(count: number): Promise<readonly Receipt[]>
  close(): Promise<void>
}

/** A receiver of webhooks that does wrong on demand, byte by byte, and writes down what it got before it does. */
export async function startMisbehavingReceiver(options: MisbehavingReceiverOptions = {}): Promise<MisbehavingReceiver> {
  const { script = [{ do: 'answer', status: 200 }], security = { kind: 'plain' }, port = 0 } = options
  const file = options.ledger === undefined ? null : openReceipts(options.ledger)
  const receipts: Receipt[] = []
  const waiting = new Set<() => void>()
  const sockets = new Set<Socket>()
  let current = script
  let asked = 0

  function keep(receipt: Receipt): void {
    file?.write(receipt)
    receipts.push(receipt)
    options.onReceipt?.(receipt)
    for (const check of waiting) check()
  }

  async function serve(socket: Socket): Promise<void> {
    const bytes = createByteReader(socket)
    for (let open = true; open;) {
      const head = await readHead(bytes)
      if (!head) break
      const behaviour = choose(current, { ...head, index: asked++ })
      const read = await readBody(bytes, head, readsUpTo(behaviour))
      // A sender that was killed while it wrote: nothing was received.
      if (!read.whole && readsUpTo(behaviour) === Number.POSITIVE_INFINITY) break
      keep(receiptOf(head, read, behaviour))
      open = await perform(behaviour, socket, bytes)
    }
    socket.end()
  }

  const server = listenWith(security, (socket) => void serve(socket))
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const bound = (server.address() as AddressInfo).port

  return {
    url: `${security.kind === 'plain' ? 'http' : 'https'}://127.0.0.1:${bound}`,
    port: bound,
    receipts,
    follow(next) {
      current = next
      asked = 0
    },
    waitFor(count) {
      const { promise, resolve } = Promise.withResolvers<readonly Receipt[]>()
      const check = () => {
        if (receipts.length < count) return
        waiting.delete(check)
        resolve(receipts)
      }
      waiting.add(check)
      check()
      return promise
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
      file?.close()
    },
  }
}

function listenWith(security: Security, onRequests: (socket: Socket) => void): Server {
  switch (security.kind) {
    case 'plain':
      return createServer(onRequests)
    case 'tls': {
      const { key, cert, maxVersion } = security
      const limit = maxVersion ? { minVersion: 'TLSv1' as const, maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' } : {}
      return createTlsServer({ key, cert, ...limit }, onRequests).on('tlsClientError', () => {})
    }
    case 'tls-silence':
      return createServer((socket) => void socket.resume())
    case 'tls-reset':
      return createServer((socket) => void socket.once('data', () => socket.resetAndDestroy()))
    default:
      return security satisfies never
  }
}

function choose(script: Script, asked: Head & { index: number }): Behaviour {
  if (typeof script === 'function') return script(asked)
  return script[Math.min(asked.index, script.length - 1)] ?? { do: 'answer', status: 200 }
}

function receiptOf(head: Head, { body, whole }: ReadBody, behaviour: Behaviour): Receipt {
  return {
    at: Date.now(),
    eventId: valueOf(head, 'hookloop-event') ?? '',
    deliveryId: valueOf(head, 'hookloop-delivery') ?? '',
    attempt: Number(valueOf(head, 'hookloop-attempt') ?? 0),
    bodySha256: createHash('sha256').update(body).digest('hex'),
    bodyBytes: body.length,
    whole,
    did: behaviour.do,
    status: statusOf(behaviour),
  }
}
