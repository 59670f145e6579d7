import type { Server } from 'node:http'
import type { Clock } from '../engine/ports.ts'

/** Takes no new connection, waits up to `graceMs` for requests in progress, then drops what is left. */
export async function closeServer(
  server: Server,
  { clock, graceMs }: { clock: Clock; graceMs: number },
): Promise<void> {
  if (!server.listening) return
  await new Promise<void>((resolve) => {
    const cancel = clock.after(graceMs, () => server.closeAllConnections())
    server.close(() => {
      cancel()
      resolve()
    })
    server.closeIdleConnections()
  })
}
