import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../engine/ports.ts'

/** How long, and how much, a sender that is still sending is read on so that it sees the answer before the close. */
const LINGER_MS = 2_000
const LINGER_BYTES = 4 * 1024 * 1024

export interface ShortAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
  /** Nothing more is to be read: the sender still waits for `100 Continue`, or what it sends makes no sense. */
  closesAtOnce?: boolean
}

/**
 * Answers a request whose body is not wanted, and closes its connection where one is on its way. What still comes is
 * thrown away for a moment: closing at once would reset the connection, and the sender would never read the answer.
 */
export function answerUnread(
  clock: Clock,
  request: IncomingMessage,
  response: ServerResponse,
  answer: ShortAnswer,
): void {
  if (response.destroyed) return
  const body = Buffer.from(answer.body)
  const headers = { ...answer.headers, 'content-length': body.length }
  if (!answer.closesAtOnce && (request.complete || hasNoBody(request))) {
    response.writeHead(answer.status, headers)
    response.end(body)
    return
  }
  response.writeHead(answer.status, { ...headers, connection: 'close' })
  response.write(body)
  if (answer.closesAtOnce) response.end()
  else throwAwayRest(clock, request, () => response.end())
}

function throwAwayRest(clock: Clock, request: IncomingMessage, done: () => void): void {
  let left = LINGER_BYTES
  const finish = () => {
    cancel()
    done()
  }
  const cancel = clock.after(LINGER_MS, finish)
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) finish()
  })
  request.once('end', finish)
  request.once('close', cancel)
  request.on('error', cancel)
  request.resume()
}

function hasNoBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0'
}
