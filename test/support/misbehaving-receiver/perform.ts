import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { HeaderList } from '#shared/model/header.ts'
import type { Answer, Behaviour } from './behaviour.ts'
import type { ByteReader } from './byte-reader.ts'

const BLOCK = Buffer.alloc(65_536)

/** Does it on the connection. Resolves to whether the connection can carry another request. */
export async function perform(behaviour: Behaviour, socket: Socket, bytes: ByteReader): Promise<boolean> {
  switch (behaviour.do) {
    case 'answer':
      return answer(socket, behaviour)
    case 'redirect':
      return answer(socket, { do: 'answer', status: behaviour.status, headers: [['Location', behaviour.to]] })
    case 'reset':
    case 'reset-while-sending':
      return reset(socket)
    case 'cut':
      return write(socket, head(200, [['Content-Length', '1000']]) + 'x'.repeat(500)).then(() => reset(socket))
    case 'silence':
    case 'stall':
      return once(socket, 'close').then(() => false)
    case 'trickle-headers':
      return drip(socket, 'HTTP/1.1 200 OK\r\n', { more: 'X-Slow: 1\r\n', everyMs: behaviour.everyMs })
    case 'drip-body':
      return drip(socket, head(behaviour.status, [['Content-Length', '1000000']]), { ...behaviour, more: '.' })
    case 'gzip':
      return gzip(socket, behaviour.sizeBytes)
    case 'huge':
      return huge(socket, behaviour.sizeBytes)
    case 'interim':
      return write(socket, head(behaviour.status, []).repeat(behaviour.count)).then(() => answer(socket, OK))
    case 'body-after-204':
      return write(socket, `${head(204, [])}stray bytes`)
    case 'not-http':
      return end(socket, behaviour.bytes)
    case 'early':
      return end(
        socket,
        head(behaviour.status, [
          ['Content-Length', '0'],
          ['Connection', 'close'],
        ]),
      )
    case 'stale':
      await answer(socket, OK)
      await bytes.next()
      return reset(socket)
    default:
      return behaviour satisfies never
  }
}

const OK: Answer = { do: 'answer', status: 200 }

async function answer(socket: Socket, { status, headers = [], body = '', delayMs = 0 }: Answer): Promise<boolean> {
  if (delayMs > 0) await untilClosed(socket, (signal) => wait(delayMs, null, { signal }))
  const length: HeaderList =
    status === 204 || status === 304 ? [] : [['Content-Length', String(Buffer.byteLength(body))]]
  return write(socket, head(status, [...headers, ...length]) + body)
}

function head(status: number, headers: HeaderList): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `HTTP/1.1 ${status} Told so\r\n${lines}\r\n`
}

function write(socket: Socket, bytes: string | Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve(false)
    else socket.write(bytes, (error) => resolve(!error))
  })
}

async function end(socket: Socket, bytes: string): Promise<boolean> {
  await write(socket, bytes)
  socket.end()
  return false
}

/** Resets, unless the sender has already begun to close: Node never frees a socket that is reset while it shuts down. */
function reset(socket: Socket): false {
  if (socket.readableEnded || socket.writableEnded) socket.destroy()
  else socket.resetAndDestroy()
  return false
}

async function drip(socket: Socket, start: string, rest: { more: string; everyMs: number }): Promise<boolean> {
  await write(socket, start)
  await untilClosed(socket, async (signal) => {
    while (!socket.destroyed) {
      await wait(rest.everyMs, null, { signal })
      await write(socket, rest.more)
    }
  })
  return false
}

async function gzip(socket: Socket, sizeBytes: number): Promise<boolean> {
  const packed = gzipSync(Buffer.alloc(sizeBytes))
  const headers: HeaderList = [
    ['Content-Encoding', 'gzip'],
    ['Content-Length', String(packed.length)],
  ]
  return (await write(socket, head(200, headers))) && write(socket, packed)
}

async function huge(socket: Socket, sizeBytes: number): Promise<boolean> {
  await write(socket, head(200, [['Content-Length', String(sizeBytes)]]))
  for (let left = sizeBytes; left > 0 && !socket.destroyed; left -= BLOCK.length) {
    await write(socket, BLOCK.subarray(0, Math.min(left, BLOCK.length)))
  }
  return !socket.destroyed
}

/** Runs a task that ends early with the connection. */
async function untilClosed(socket: Socket, task: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const closed = new AbortController()
  const stop = () => closed.abort()
  socket.once('close', stop)
  try {
    if (!socket.destroyed) await task(closed.signal)
  } catch (error) {
    if (!closed.signal.aborted) throw error
  } finally {
    socket.off('close', stop)
  }
}
