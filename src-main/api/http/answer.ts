import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerUnread } from '../../listener/answer-unread.ts'
import type { Clock } from '../../engine/ports.ts'
import { bodyOf } from '../errors/api-error.ts'
import { ERROR_STATUS } from '../errors/error-status.ts'
import type { Refusal } from './guard-request.ts'

/** A request with its response and what is known of it. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  /** The sender waits for `100 Continue` before it sends the body. */
  awaitsContinue: boolean
}

/** Answers with an error whatever is left of the request's body. */
export function refuse(clock: Clock, { request, response, awaitsContinue }: Exchange, refusal: Refusal): void {
  const { code, message, allow, retryAfterSeconds, ...data } = refusal
  const headers = {
    'content-type': 'application/json',
    ...(code === 'unauthorized' ? CHALLENGE : {}),
    ...(allow ? { allow } : {}),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  }
  const body = JSON.stringify(bodyOf(code, message, data))
  answerUnread(clock, request, response, { status: ERROR_STATUS[code], headers, body, closesAtOnce: awaitsContinue })
}

const CHALLENGE = { 'www-authenticate': 'Bearer realm="Hookloop"' }

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
}
