import type { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ReceivedRequest } from '../engine/engine.ts'
import { plainAddress } from '../listener/client-address.ts'
import { type CaptureDeps, headOf, type Incoming } from './capture-request.ts'
import { parseCaptureTarget } from './capture-target.ts'
import { explainMalformed, type ParserError, readFirstLine } from './malformed.ts'
import { refusalAnswer, type SenderAnswer } from './sender-answer.ts'
import { isUnframed } from './verdict.ts'
import { endWith, writeAnswer } from './write-answer.ts'

/** Where an entry goes whose own source cannot be told. */
const FALLBACK_SLUG = 'inbox'
const KEPT_BYTES = 1_024
const NO_BYTES = new Uint8Array()

/** Keeps an entry of what is refused before it is a request; such entries are never delivered. */
export function createMalformedCapture(deps: CaptureDeps) {
  /** The parser complains again of whatever else comes on a connection that it gave up. */
  const givenUp = new WeakSet<Duplex>()

  async function record(slug: string | null, received: ReceivedRequest): Promise<void> {
    const source = deps.capture.sourceOf(slug ?? '') ?? deps.capture.sourceOf(FALLBACK_SLUG)
    if (!source) return
    try {
      await deps.capture.record(source, received)
    } catch (error) {
      deps.log.error('A malformed request could not be stored', { source: source.slug, error: String(error) })
    }
  }

  async function recordHead(request: IncomingMessage, note: string): Promise<void> {
    const head = headOf(deps, request)
    const { slug } = parseCaptureTarget(request.url ?? '')
    await record(slug, { ...head, capture: 'malformed', captureNote: note, body: NO_BYTES, trailers: [] })
  }

  async function recordBytes(firstBytes: Uint8Array, socket: Duplex, note: string): Promise<void> {
    const { method, target } = readFirstLine(firstBytes)
    const { slug, path, query } = parseCaptureTarget(target)
    await record(slug, {
      capture: 'malformed',
      captureNote: note,
      receivedAt: deps.clock.now(),
      method,
      path,
      query,
      httpVersion: '',
      headers: [],
      trailers: [],
      body: firstBytes,
      declaredSizeBytes: null,
      remoteAddress: socket instanceof Socket ? plainAddress(socket.remoteAddress) : null,
    })
  }

  /** Neither a request nor its body: an entry of its own. */
  async function refuseBytes(error: ParserError, socket: Duplex, before: Incoming | null): Promise<void> {
    const firstBytes = new Uint8Array(error.rawPacket?.subarray(0, KEPT_BYTES) ?? [])
    const { status, note } = explainMalformed(error.code, firstBytes)
    const isLostBody = before !== null && isUnframed(before.request)
    if (!isLostBody && firstBytes.length > 0) await recordBytes(firstBytes, socket, note)
    // The request before it is still to be answered, as the last one of its connection.
    if (before !== null && !before.response.writableEnded) before.response.shouldKeepAlive = false
    else endWith(socket, malformedAnswer(status, note))
  }

  return {
    /** `incoming` is the latest request of the connection, whose body the error may concern. */
    async parserRefused(error: ParserError, socket: Duplex, incoming: Incoming | null): Promise<void> {
      if (givenUp.has(socket)) return
      givenUp.add(socket)
      if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
        deps.tally.count('slow')
        return endWith(socket, REQUEST_TIMEOUT)
      }
      const isGone = error.code === 'ECONNRESET' || !socket.writable
      if (isGone) return void socket.destroy()
      if (!incoming?.breakOff || incoming.request.complete) return refuseBytes(error, socket, incoming)
      // The entry of the request itself tells what happened; an early end is no breach of the protocol.
      if (error.code === 'HPE_INVALID_EOF_STATE') socket.destroy()
      else incoming.breakOff(explainMalformed(error.code, error.rawPacket ?? NO_BYTES).note)
    },

    /** `Expect` with anything but `100-continue`. */
    async expectationRefused(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const note = 'The sender expects something that no server offers (Expect).'
      await recordHead(request, note)
      response.shouldKeepAlive = false
      writeAnswer(response, malformedAnswer(417, note))
    },

    async connectRefused(request: IncomingMessage, socket: Duplex): Promise<void> {
      const note = 'CONNECT asks for a tunnel, which is not given.'
      await recordHead(request, note)
      endWith(socket, malformedAnswer(405, note))
    },
  }
}

const REQUEST_TIMEOUT = malformedAnswer(408, 'The request took too long to arrive.')

function malformedAnswer(status: number, message: string): SenderAnswer {
  return refusalAnswer(status, { code: 'malformed_request', message })
}
