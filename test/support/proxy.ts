import { once } from 'node:events'
import { createServer, request as forward, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export interface TestProxy {
  port: number
  /** Request lines with the authorization that came along, in order. */
  asked: readonly { line: string; authorization: string | null; host: string | null }[]
  close(): Promise<void>
}

/** A proxy on loopback that takes every request to `target` on 127.0.0.1, or answers `refuse` in its place. */
export async function startProxy({
  target,
  refuse,
}: {
  target: number
  refuse?: number | 'hang up'
}): Promise<TestProxy> {
  const asked: { line: string; authorization: string | null; host: string | null }[] = []
  const sockets = new Set<Duplex>()
  const note = ({ method, url, headers }: IncomingMessage): void =>
    void asked.push({
      line: `${method} ${url}`,
      authorization: headers['proxy-authorization'] ?? null,
      host: headers.host ?? null,
    })
  const server = createServer((incoming, outgoing) => {
    note(incoming)
    if (typeof refuse === 'number') return void outgoing.writeHead(refuse).end()
    const { pathname, search } = new URL(incoming.url ?? '')
    const { method = 'GET', headers } = incoming
    const onward = forward({ port: target, host: '127.0.0.1', path: pathname + search, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  server.on('connect', (incoming: IncomingMessage, socket: Duplex) => {
    note(incoming)
    if (refuse === 'hang up') return void socket.destroy()
    if (refuse !== undefined) return void socket.end(`HTTP/1.1 ${refuse} No\r\nContent-Length: 0\r\n\r\n`)
    const onward = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    for (const end of [socket, onward]) end.on('error', () => {})
    sockets.add(onward)
  })
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
