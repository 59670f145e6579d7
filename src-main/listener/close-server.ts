import type { Server, ServerResponse } from 'node:http'
import type { Clock } from '../engine/ports.ts'

/** Takes no new connection, waits up to `graceMs` for requests in progress, then drops what is left. */
export type CloseServer = (graceMs: number) => Promise<void>

/** Prepares the end of a server; call it before the server listens. */
export function prepareClose(server: Server, clock: Clock): CloseServer {
  const open = new Set<ServerResponse>()
  const track = (_request: unknown, response: ServerResponse) => {
    open.add(response)
    response.once('close', () => open.delete(response))
  }
  server.on('request', track)
  server.on('checkContinue', track)

  return async (graceMs) => {
    if (!server.listening) return
    await new Promise<void>((resolve) => {
      const cancel = clock.after(graceMs, () => server.closeAllConnections())
      server.close(() => {
        cancel()
        resolve()
      })
      server.closeIdleConnections()
      // A kept-alive connection would otherwise outlast its answer by the idle timeout.
      for (const response of open) response.once('close', () => setImmediate(() => server.closeIdleConnections()))
    })
  }
}
