import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { refusalAnswer } from '../sender-answer.ts'
import { endWith } from '../write-answer.ts'
import { type ConnectionLimits, type ConnectionTable, createConnectionTable } from './connection-table.ts'
import type { ConnectionTally } from './connection-tally.ts'

/** How long a whole request may take, however steadily it trickles. */
const REQUEST_TIMEOUT_MS = 600_000
const TIMEOUT_CHECK_MS = 1_000
const MAX_HEAD_BYTES = 64 * 1024

export interface StrictServerOptions {
  headTimeoutMs: number
  limits: ConnectionLimits
  tally: ConnectionTally
  /** An address that speaks for many. */
  isProxy(address: string): boolean
}

/** `awaitsContinue`: the sender waits for `100 Continue` before it sends the body. */
type Take = (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean) => void

/** An HTTP server that takes what is HTTP to the letter, in bounded time and number. */
export function createStrictServer({ headTimeoutMs, limits, tally, isProxy }: StrictServerOptions, take: Take): Server {
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
  // A head is bounded by its bytes; a limit on the number of its headers would hide some, or refuse honest ones.
  server.maxHeadersCount = 0
  const begin = boundConnections(server, createConnectionTable(limits, isProxy), tally)
  server.on('request', (request, response) => begin(request, response) && take(request, response, false))
  server.on('checkContinue', (request, response) => begin(request, response) && take(request, response, true))
  return server
}

/**
 * A crowd of idle connections never keeps a sender out: the one that is idle longest makes room. What is returned
 * tells whether a request's connection was taken in at all.
 */
function boundConnections(server: Server, table: ConnectionTable, tally: ConnectionTally) {
  server.on('connection', (socket) => {
    const victim = table.admit(socket)
    if (victim === null) return
    tally.count(victim === socket ? 'turnedAway' : 'displaced')
    if (victim === socket) endWith(socket, CONNECTION_LIMIT)
    else victim.destroy()
  })
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const end = table.begin(request.socket)
    if (end === null) return false
    response.once('close', end)
    return true
  }
}

const CONNECTION_LIMIT = refusalAnswer(503, {
  code: 'connection_limit',
  message: 'This port has as many connections under way as it takes; send again later.',
})
