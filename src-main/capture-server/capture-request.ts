import type { IncomingMessage, ServerResponse } from 'node:http'
import { AppError } from '#shared/model/app-error.ts'
import type { Source } from '#shared/model/source.ts'
import type { CaptureApi, ReceivedRequest, Recorded } from '../engine/engine.ts'
import type { Clock, Log } from '../engine/ports.ts'
import { answerUnread } from '../listener/answer-unread.ts'
import type { BodyRoom, BodyShare } from './body/body-room.ts'
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
  room: BodyRoom
  tally: ConnectionTally
}

/** One request on its way in. */
export interface Incoming {
  request: IncomingMessage
  response: ServerResponse
  /** The sender waits for `100 Continue` before it sends the body. */
  awaitsContinue: boolean
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

  const { verdict, kept } = await readThen(deps, incoming, {
    source,
    keep: (received) => store(deps, source, received),
  })
  if (kept === null) return refuse(deps, incoming, STORAGE_UNAVAILABLE)
  if (verdict.capture !== 'complete') return refuse(deps, incoming, verdict.answer)
  const { event, answer } = kept
  await pause(deps.clock, incoming.response, answer.delayMs)
  writeAnswer(incoming.response, receiptFor(event, answer))
}

/**
 * Reads a request to its end, judges how whole it is, and hands it over to be stored; the body's share of the memory is
 * given back once that has ended.
 */
export async function readThen<T>(
  deps: CaptureDeps,
  incoming: Incoming,
  { source, keep }: { source: Source; keep(received: ReceivedRequest): Promise<T> },
): Promise<{ verdict: Verdict; kept: T }> {
  const { request } = incoming
  const head = receivedHead(request, deps.clock.now())
  const share = deps.room.open()
  try {
    const verdict = await receive(deps, incoming, { source, share })
    const trailers = headerPairs(request.rawTrailers)
    return { verdict, kept: await keep({ ...head, trailers, ...entryOf(head, verdict) }) }
  } finally {
    share.release()
  }
}

async function receive(
  deps: CaptureDeps,
  incoming: Incoming,
  { source, share }: { source: Source; share: BodyShare },
): Promise<Verdict> {
  const { request, response } = incoming
  const early = judgeHead(request, source)
  if (early) return early
  if (incoming.awaitsContinue) response.writeContinue()
  incoming.awaitsContinue = false

  const reading = readBody(request, { limitBytes: source.bodyLimitBytes, share })
  let reason: string | null = null
  incoming.breakOff = (note) => {
    reason = note
    incoming.parserFailed = true
    reading.breakOff()
  }
  let silent = false
  request.setTimeout(deps.bodyIdleMs, () => {
    silent = true
    deps.tally.count('slow')
    reading.breakOff()
  })
  const read: BodyRead = await reading.result
  incoming.breakOff = null
  request.setTimeout(0)
  return judgeBody(read, { source, request, malformed: reason, silentMs: silent ? deps.bodyIdleMs : null })
}

/** What of a verdict belongs to the stored request. */
function entryOf(
  head: ReceivedHead,
  verdict: Verdict,
): Pick<ReceivedRequest, 'capture' | 'captureNote' | 'body' | 'declaredSizeBytes'> {
  const { capture, body } = verdict
  if (capture === 'complete') return { capture, captureNote: null, body, declaredSizeBytes: null }
  return { capture, captureNote: verdict.note, body, declaredSizeBytes: head.declaredSizeBytes }
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
