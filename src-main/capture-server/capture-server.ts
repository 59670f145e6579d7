import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Engine } from '../engine/engine.ts'
import type { Clock, Log } from '../engine/ports.ts'
import { prepareClose } from '../listener/close-server.ts'
import { createProxies, type Proxies } from '../listener/client-address.ts'
import { frontOf, type TlsFiles } from '../listener/front.ts'
import { listen } from '../listener/listen.ts'
import { createBodyRoom } from './body/body-room.ts'
import { type CaptureDeps, captureRequest, type Incoming } from './capture-request.ts'
import { createMalformedCapture } from './capture-malformed.ts'
import { ingestKeyOf } from './capture-target.ts'
import { connectionLimits } from './connections/connection-limits.ts'
import { type ConnectionCounts, createConnectionTally } from './connections/connection-tally.ts'
import { createStrictServer } from './connections/strict-server.ts'
import { ingestRequest } from './ingestion/ingest-request.ts'
import type { ParserError } from './malformed.ts'
import { createInProgress } from './in-progress.ts'
import { refusalAnswer } from './sender-answer.ts'
import { writeAnswer } from './write-answer.ts'

export interface CaptureServerOptions {
  engine: Pick<Engine, 'capture'>
  clock: Clock
  log: Log
  host: string
  /** 0 takes a free one. */
  port: number
  /** How long a sender may take for the head of a request; 15 s unless given. */
  headTimeoutMs?: number
  /** How long a sender may be silent in the middle of a body; 60 s unless given. */
  bodyIdleMs?: number
  /** How many files the process may have open, which bounds the connections; null for any number. */
  openFiles?: number | null
  /** What all bodies under way may hold in memory beside their first 64 KiB; 256 MiB unless given. */
  bodyMemoryBytes?: number
  /** Those in front of it; none unless given. */
  proxies?: Proxies
  /** Speaks TLS with it. */
  tls?: TlsFiles | null
}

export interface CaptureServer {
  /** Connections that were not kept, since the start. */
  readonly dropped: Readonly<ConnectionCounts>
  /** Rejects with `PortInUseError` where the address cannot be had. */
  listen(): Promise<{ port: number }>
  /** Takes nothing new, and waits up to `graceMs` for requests in progress. */
  close(graceMs?: number): Promise<void>
}

const HEAD_TIMEOUT_MS = 15_000
const BODY_IDLE_MS = 60_000
const BODY_MEMORY_BYTES = 256 * 1024 * 1024
const CLOSE_GRACE_MS = 5_000

/** The public listener: HTTP in at `/in/<source>`, byte for byte. */
export function createCaptureServer(options: CaptureServerOptions): CaptureServer {
  const { clock, log, engine, headTimeoutMs = HEAD_TIMEOUT_MS, bodyIdleMs = BODY_IDLE_MS } = options
  const limits = connectionLimits(options.openFiles ?? null)
  const room = createBodyRoom(options.bodyMemoryBytes ?? BODY_MEMORY_BYTES)
  const tally = createConnectionTally(clock, log)
  const { proxies = createProxies([]), tls = null } = options
  const deps: CaptureDeps = { capture: engine.capture, clock, log, bodyIdleMs, tally, addressOf: proxies.addressOf }
  const bySocket = new WeakMap<Duplex, Incoming>()
  const { track, settled } = createInProgress(log)

  const server = createStrictServer(
    { headTimeoutMs, limits, tally, isProxy: proxies.isProxy },
    (request, response, awaitsContinue) => {
      const share = room.open()
      const incoming = { request, response, awaitsContinue, share, breakOff: null, parserFailed: false }
      bySocket.set(request.socket, incoming)
      track(captureOrFail(deps, incoming))
    },
  )
  const front = frontOf(server, tls)
  const closeServer = prepareClose(server, clock, front)
  const malformed = createMalformedCapture(deps)
  server.on('clientError', (error: ParserError, socket) => {
    track(malformed.parserRefused(error, socket, bySocket.get(socket) ?? null))
  })
  server.on('checkExpectation', (request, response) => track(malformed.expectationRefused(request, response)))
  server.on('connect', (request, socket) => track(malformed.connectRefused(request, socket)))

  return {
    dropped: tally.counts,
    listen: () => listen(front, options),
    async close(graceMs = CLOSE_GRACE_MS) {
      await closeServer(graceMs)
      await settled()
    },
  }
}

async function captureOrFail(deps: CaptureDeps, incoming: Incoming): Promise<void> {
  try {
    const key = ingestKeyOf(incoming.request.url ?? '')
    await (key === null ? captureRequest(deps, incoming) : ingestRequest(deps, incoming, key))
  } catch (error) {
    deps.log.error('A request could not be captured', { error: error instanceof Error ? error.stack : String(error) })
    if (incoming.response.headersSent) incoming.response.destroy()
    else writeAnswer(incoming.response, INTERNAL_ERROR)
  } finally {
    incoming.share.release()
  }
}

const INTERNAL_ERROR = refusalAnswer(500, {
  code: 'internal_error',
  message: `${STATUS_CODES[500]}: nothing was captured.`,
})
