import type { Server } from 'node:http'
import type { Server as TcpServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

/** A certificate with its chain, and its key, as PEM. */
export interface TlsFiles {
  cert: string
  key: string
}

/** How long a client may take for its handshake. */
const HANDSHAKE_MS = 10_000

/** What listens for an HTTP server: the server itself, or one that speaks TLS in front of it. Throws for files that do not fit. */
export function frontOf(server: Server, tls: TlsFiles | null): TcpServer {
  if (tls === null) return server
  const front = createTlsServer({
    ...tls,
    handshakeTimeout: HANDSHAKE_MS,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
  })
  front.on('secureConnection', (socket) => server.emit('connection', socket))
  // Whoever does not get through the handshake has told nothing yet.
  front.on('tlsClientError', (_error, socket) => socket.destroy())
  return front
}
