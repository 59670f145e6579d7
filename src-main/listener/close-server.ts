import type { Server, ServerResponse } from 'node:http'
import type { Server as TcpServer } from 'node:net'
import type { Clock } from '../engine/ports.ts'

/** Takes no new connection, waits up to `graceMs` for requests in progress, then drops what is left. */
export type CloseServer = (graceMs: number) => Promise<void>

/** Prepares the end of a server, for which `front` listens; call it before that listens. */
export function prepareClose(server: Server, clock: Clock, front: TcpServer = server): CloseServer {
  const open = new Set<ServerResponse>()
  const track = (_request: unknown, response: ServerResponse) => {
    open.add(response)
    response.once('close', () => open.delete(response))
  }
  server.on('request', track)
  server.on('checkContinue', track)

  return async (graceMs) => {
    if (!front.listening) return
    await new Promise<void>((resolve) => {
      const cancel = clock.after(graceMs, () => server.closeAllConnections())
      const isOver = Promise.all([...new Set([front, server])].map(ended))
      void isOver.then(() => {
        cancel()
        resolve()
      })
      server.closeIdleConnections()
      // A kept-alive connection would otherwise outlast its answer by the idle timeout.
      for (const response of open) response.once('close', () => setImmediate(() => server.closeIdleConnections()))
    })
  }
}

/** Resolves once a server takes no connection and has none; at once where it never listened. */
function ended(server: TcpServer): Promise<void> {
  return new Promise((resolve) => void server.close(() => resolve()))
}
