import type { Socket } from 'node:net'
import { DialError } from './dial-error.ts'
import type { Proxy } from './proxies.ts'

/** More than any proxy says before its tunnel stands. */
const HEAD_LIMIT_BYTES = 16 * 1024
/** A proxy that is well, but has not reached whom it was asked for. */
const TARGET_NOT_REACHED = new Set(['502', '503', '504'])

/** Asks a proxy for a way through to `authority`; `done` is called once, with the error where there is none. */
export function openTunnel(
  socket: Socket,
  { authority, proxy }: { authority: string; proxy: Proxy },
  done: (error: DialError | null) => void,
): void {
  let head = Buffer.alloc(0)

  function settle(error: DialError | null): void {
    socket.off('data', read)
    socket.off('end', closed)
    socket.pause()
    done(error)
  }

  function read(chunk: Buffer): void {
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) {
      if (head.length > HEAD_LIMIT_BYTES) settle(new DialError('proxy_refused', 'its answer has no end'))
      return
    }
    const status = /^HTTP\/1\.\d (\d{3})/.exec(head.toString('latin1', 0, end))?.[1]
    if (status?.startsWith('2')) return settle(null)
    const code = TARGET_NOT_REACHED.has(status ?? '') ? 'connect_unreachable' : 'proxy_refused'
    settle(new DialError(code, status ? `the proxy answered ${status}` : 'the proxy does not speak HTTP'))
  }

  function closed(): void {
    settle(new DialError('proxy_unreachable', 'it closed the connection'))
  }

  socket.on('data', read)
  socket.once('end', closed)
  const authorization = proxy.authorization === null ? '' : `Proxy-Authorization: ${proxy.authorization}\r\n`
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`)
}
