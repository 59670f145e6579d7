import type { IncomingMessage, ServerResponse } from 'node:http'
import { AppError } from '#shared/model/app-error.ts'
import type { Source } from '#shared/model/source.ts'
import type { CaptureApi, ReceivedRequest, Recorded } from '../engine/engine.ts'
import type { Clock, Log } from '../engine/ports.ts'
import { answerUnread } from '../listener/answer-unread.ts'
import type { Proxies } from '../listener/client-address.ts'
import type { BodyShare } from './body/body-room.ts'
import { type BodyRead, readBody } from './body/read-body.ts'
import { parseCaptureTarget } from './capture-target.ts'
import type { ConnectionTally } from './connections/connection-tally.ts'
import { headerPairs, type ReceivedHead, receivedHead } from './received.ts'
import { receiptFor, refusalAnswer, type SenderAnswer } from './sender-answer.ts'
import { judgeBody, judgeHead, type Verdict } from './verdict.ts'
import { writeAnswer } from './write-answer.ts'

export interface CaptureDeps {
  capture: CaptureApi
  clock: Clock
  log: Log
  /** How long a sender may be silent in the middle of a body. */
  bodyIdleMs: number
  tally: ConnectionTally
  addressOf: Proxies['addressOf']
}

/** One request on its way in. */
export interface Incoming {
  request: IncomingMessage
  response: ServerResponse
  /** The sender waits for `100 Continue` before it sends the body. */
  awaitsContinue: boolean
  /** What its body may hold in memory, until it is dealt with. */
  share: BodyShare
  /** Set while the body is read: ends the reading because of what the note says. */
  breakOff: ((note: string) => void) | null
  /** The parser gave up on the connection. */
  parserFailed: boolean
}

/** Stores what a sender sent, and answers it only once that is durable. */
export async function captureRequest(deps: CaptureDeps, incoming: Incoming): Promise<void> {
  const { request } = incoming
  const source = deps.capture.sourceOf(parseCaptureTarget(request.url ?? '').slug ?? '')
  if (!source) return refuse(deps, incoming, UNKNOWN_SOURCE)

  const head = headOf(deps, request)
  const verdict = await receive(deps, incoming, source)
  const recorded = await store(deps, source, entryOf(request, head, verdict))
  if (recorded === null) return refuse(deps, incoming, STORAGE_UNAVAILABLE)
  if (verdict.capture !== 'complete') return refuse(deps, incoming, verdict.answer)
  const { event, answer } = recorded
  await pause(deps.clock, incoming.response, answer.delayMs)
  writeAnswer(incoming.response, receiptFor(event, answer))
}

/** What its head tells, and when and from where it came. */
export function headOf({ clock, addressOf }: CaptureDeps, request: IncomingMessage): ReceivedHead {
  return receivedHead(request, { receivedAt: clock.now(), remoteAddress: addressOf(request) })
}

/** Reads a request to its end, and judges how whole it is. */
export async function receive(deps: CaptureDeps, incoming: Incoming, source: Source): Promise<Verdict> {
  const { request, response } = incoming
  const early = judgeHead(request, source)
  if (early) return early
  if (incoming.awaitsContinue) response.writeContinue()
  incoming.awaitsContinue = false

  const reading = readBody(request, { limitBytes: source.bodyLimitBytes, share: incoming.share })
  let reason: string | null = null
  incoming.breakOff = (note) => {
    reason = note
    incoming.parserFailed = true
    reading.breakOff()
  }
  let silent = false
  const endWatch = watchForSilence(request, deps.bodyIdleMs, () => {
    silent = true
    deps.tally.count('slow')
    reading.breakOff()
  })
  const read: BodyRead = await reading.result
  incoming.breakOff = null
  endWatch()
  return judgeBody(read, { source, request, malformed: reason, silentMs: silent ? deps.bodyIdleMs : null })
}

/** Calls back once the sender has said nothing for so long; the returned function ends it. */
function watchForSilence(request: IncomingMessage, idleMs: number, fallSilent: () => void): () => void {
  let isWatched = false
  // Most requests come in one piece with their body, and are whole before a timer is worth its while.
  const soon = setImmediate(() => {
    isWatched = true
    request.setTimeout(idleMs, fallSilent)
  })
  return () => {
    clearImmediate(soon)
    if (isWatched) request.setTimeout(0)
  }
}

/** The whole request as it is stored: head, body, trailers, and how whole it is. */
export function entryOf(request: IncomingMessage, head: ReceivedHead, verdict: Verdict): ReceivedRequest {
  const { capture, body } = verdict
  const isComplete = verdict.capture === 'complete'
  // Field by field: copies of whole objects would be the dearest thing that is done to a request.
  return {
    capture,
    captureNote: isComplete ? null : verdict.note,
    receivedAt: head.receivedAt,
    method: head.method,
    path: head.path,
    query: head.query,
    httpVersion: head.httpVersion,
    headers: head.headers,
    trailers: headerPairs(request.rawTrailers),
    body,
    declaredSizeBytes: isComplete ? null : head.declaredSizeBytes,
    remoteAddress: head.remoteAddress,
  }
}

/** Null where the storage cannot take it now. */
async function store(deps: CaptureDeps, source: Source, received: ReceivedRequest): Promise<Recorded | null> {
  try {
    return await deps.capture.record(source, received)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    deps.log.error('A request could not be stored', { source: source.slug, reason: error.message })
    return null
  }
}

/** Waits, unless the sender leaves first. */
function pause(clock: Clock, response: ServerResponse, delayMs: number): Promise<void> {
  if (delayMs === 0 || response.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      cancel()
      response.off('close', done)
      resolve()
    }
    const cancel = clock.after(delayMs, done)
    response.once('close', done)
  })
}

export function refuse(deps: CaptureDeps, incoming: Incoming, answer: SenderAnswer): void {
  answerUnread(deps.clock, incoming.request, incoming.response, {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: answer.body.toString(),
    closesAtOnce: incoming.awaitsContinue || incoming.parserFailed,
  })
}

const UNKNOWN_SOURCE = refusalAnswer(404, {
  code: 'unknown_source',
  message: 'No source has this address; nothing was captured.',
  hint: 'Send to /in/<source>; /in/inbox is there unless it was deleted.',
})

export const STORAGE_UNAVAILABLE: SenderAnswer = (() => {
  const answer = refusalAnswer(503, {
    code: 'storage_unavailable',
    message: 'The request could not be stored; send it again later.',
  })
  return { ...answer, headers: [...answer.headers, ['Retry-After', '10']] }
})()
