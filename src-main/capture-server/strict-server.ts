import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Clock, Log } from '../engine/ports.ts'

/** How long a whole request may take, however steadily it trickles. */
const REQUEST_TIMEOUT_MS = 600_000
const TIMEOUT_CHECK_MS = 5_000
const MAX_HEAD_BYTES = 64 * 1024
const MAX_CONNECTIONS = 4_096
const REPORT_EVERY_MS = 60_000

export interface StrictServerOptions {
  headTimeoutMs: number
  clock: Clock
  log: Log
}

/** `awaitsContinue`: the sender waits for `100 Continue` before it sends the body. */
type Take = (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean) => void

/** An HTTP server that takes what is HTTP to the letter, in bounded time and number. */
export function createStrictServer({ headTimeoutMs, clock, log }: StrictServerOptions, take: Take): Server {
  const server = createServer({
    insecureHTTPParser: false,
    maxHeaderSize: MAX_HEAD_BYTES,
    // What has no Host gets an entry of its own.
    requireHostHeader: false,
    headersTimeout: headTimeoutMs,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, headTimeoutMs),
  })
  // The default drops header pairs past a limit without a word.
  server.maxHeadersCount = 0
  server.maxConnections = MAX_CONNECTIONS
  server.on('drop', createDropReport(clock, log))
  server.on('request', (request, response) => take(request, response, false))
  server.on('checkContinue', (request, response) => take(request, response, true))
  return server
}

/** Says once a minute that connections are turned away, and how many. */
function createDropReport(clock: Clock, log: Log): () => void {
  let dropped = 0
  let reportedAt = -Infinity
  return () => {
    dropped += 1
    if (clock.monotonic() - reportedAt < REPORT_EVERY_MS) return
    log.warn('Connections are turned away: the capture port has as many as it takes', {
      dropped,
      limit: MAX_CONNECTIONS,
    })
    dropped = 0
    reportedAt = clock.monotonic()
  }
}
