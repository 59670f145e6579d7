import type { Dispatcher } from 'undici'
import type { Failure } from '#shared/model/failure.ts'
import type { TransportRequest, TransportResult } from '#main/engine/ports/transport.ts'
import { headerPairs, startAnswer, type AnswerInProgress } from './answer.ts'
import type { Connection } from './connection.ts'
import { failureFrom } from './failure-from-error.ts'
import { requestTarget } from './request-target.ts'
import { startStopwatch } from './stopwatch.ts'

/** Interim answers (1xx) that are put up with before the final one. */
const INTERIM_LIMIT = 32

export interface ExchangeEnd {
  result: TransportResult
  /** Whether the connection can carry another request. */
  reusable: boolean
}

/** Sends one request over a connection and reads its answer, under one deadline. Never rejects. */
export function exchange(connection: Connection, request: TransportRequest, signal: AbortSignal): Promise<ExchangeEnd> {
  const { promise, resolve } = Promise.withResolvers<ExchangeEnd>()
  const watch = startStopwatch()
  let dialled = false
  let answer: AnswerInProgress | null = null
  let interim = 0
  let ended = false

  function end(failure: Failure | null, { whole }: { whole: boolean }): void {
    if (ended) return
    ended = true
    clearTimeout(deadline)
    signal.removeEventListener('abort', interrupt)
    const response = answer?.finish({ whole, remoteAddress: connection.remoteAddress() }) ?? null
    resolve({ result: { response, failure, timings: watch.timings() }, reusable: whole })
  }

  const fail = (failure: Failure): void => end(failure, { whole: false })

  function interrupt(): void {
    fail({ code: 'interrupted', phase: phaseNow(), detail: 'Hookloop stopped' })
  }

  /** What still waits in our own buffers has not been sent, whatever the library says. */
  function phaseNow(): Failure['phase'] {
    const phase = watch.phase()
    return phase === 'headers' && connection.unsentBytes() > 0 ? 'send' : phase
  }

  function timeOut(): void {
    const got = answer ? `got ${answer.receivedBytes()} bytes of the body` : `after ${request.timeoutMs} ms`
    fail({ code: 'timed_out', phase: phaseNow(), detail: got })
  }

  const deadline = setTimeout(timeOut, request.timeoutMs)
  signal.addEventListener('abort', interrupt, { once: true })

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: () => {},
    onRequestSent: () => watch.sent(),
    onResponseStarted: () => watch.answered(),
    onResponseStart(controller, status) {
      if (status >= 100 && status < 200 && (interim += 1) <= INTERIM_LIMIT) return
      if (status < 200 || status > 599) return fail(strangeStatus(status))
      watch.headersRead()
      answer = startAnswer(status, headerPairs(controller.rawHeaders), request.responseLimitBytes)
    },
    onResponseData(_controller, chunk) {
      if (answer?.add(chunk) === false) end(null, { whole: false })
    },
    onResponseEnd: () => end(null, { whole: true }),
    onResponseError(_controller, error) {
      const failure = failureFrom(error, watch.phase())
      fail(!dialled && failure.code === 'connection_reset' ? staleSocket(failure) : failure)
    },
  }
  connection.dispatch(dispatchOptions(request, connection.origin), handler, (stage) => {
    dialled = true
    watch.stage(stage)
  })
  return promise
}

function dispatchOptions({ method, url, headers, body }: TransportRequest, origin: string): Dispatcher.DispatchOptions {
  return {
    origin,
    path: requestTarget(new URL(url), url),
    method,
    headers: headers.flat(),
    body: body.byteLength > 0 ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : null,
    idempotent: false,
    blocking: false,
  }
}

function strangeStatus(status: number): Failure {
  const detail =
    status < 200 && status >= 100 ? `more than ${INTERIM_LIMIT} interim answers` : `${status} is not a status of HTTP`
  return { code: 'invalid_answer', phase: 'headers', detail }
}

function staleSocket(failure: Failure): Failure {
  return { ...failure, detail: `${failure.detail} on a kept-alive connection` }
}
