import type { Dispatcher } from 'undici'
import type { Failure } from '#shared/model/failure.ts'
import type { Clock, TransportRequest, TransportResult } from '#main/engine/ports.ts'
import { headerPairs, startAnswer, type AnswerInProgress } from './answer.ts'
import type { Connection } from './connection.ts'
import { failureFrom } from './failure-from-error.ts'
import { startStopwatch } from './stopwatch.ts'

const PROXY_AUTHENTICATION_REQUIRED = 407

export interface ExchangeEnd {
  result: TransportResult
  /** Whether the connection can carry another request. */
  reusable: boolean
}

/** Sends one request over a connection and reads its answer, under one deadline. Never rejects. */
export function exchange(
  connection: Connection,
  request: TransportRequest,
  {
    interrupts,
    clock,
    target,
  }: {
    /** What ends requests from outside; this one's end stands among them while it runs. */
    interrupts: Set<() => void>
    clock: Pick<Clock, 'monotonic' | 'after'>
    /** Path and query. */
    target: string
  },
): Promise<ExchangeEnd> {
  const { promise, resolve } = Promise.withResolvers<ExchangeEnd>()
  const watch = startStopwatch(() => clock.monotonic())
  let dialled = false
  let answer: AnswerInProgress | null = null
  let status = 0
  let ended = false

  function end(failure: Failure | null, { whole }: { whole: boolean }): void {
    if (ended) return
    ended = true
    cancelDeadline()
    interrupts.delete(interrupt)
    const response = answer?.finish({ whole, remoteAddress: connection.remoteAddress() }) ?? null
    resolve({ result: { response, failure, timings: watch.timings() }, reusable: whole })
  }

  const fail = (failure: Failure): void => end(failure, { whole: false })

  /** A forwarding proxy answers in the receiver's place. */
  function refusedByProxy(): Failure | null {
    if (!connection.forwarder || status !== PROXY_AUTHENTICATION_REQUIRED) return null
    return { code: 'proxy_refused', phase: 'headers', detail: `the proxy answered ${status}` }
  }

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

  const cancelDeadline = clock.after(request.timeoutMs, timeOut)
  interrupts.add(interrupt)

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: () => {},
    onRequestSent: () => watch.sent(),
    onResponseStarted: () => watch.answered(),
    onResponseStart(controller, answered) {
      status = answered
      if (status < 200 || status > 599) return fail(strangeStatus(status))
      watch.headersRead()
      answer = startAnswer(status, headerPairs(controller.rawHeaders), request.responseLimitBytes)
    },
    onResponseData(_controller, chunk) {
      if (answer?.add(chunk) === false) end(null, { whole: false })
    },
    onResponseEnd: () => end(refusedByProxy(), { whole: true }),
    onResponseError(_controller, error) {
      const failure = failureFrom(error, watch.phase())
      const stale = failure.code === 'connection_reset' && !dialled && !watch.isAnswered()
      fail(stale ? { ...failure, code: 'stale_connection' } : failure)
    },
  }
  connection.dispatch(dispatchOptions(request, connection, target), handler, (stage) => {
    dialled = true
    watch.stage(stage)
  })
  return promise
}

function dispatchOptions(
  { method, headers, body }: TransportRequest,
  { route, forwarder }: Connection,
  target: string,
): Dispatcher.DispatchOptions {
  const authorization = forwarder?.authorization ?? null
  return {
    origin: route.origin,
    path: forwarder ? route.origin + target : target,
    method,
    headers: authorization === null ? headers.flat() : [...headers.flat(), 'Proxy-Authorization', authorization],
    body: body.byteLength > 0 ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : null,
    idempotent: false,
    blocking: false,
  }
}

function strangeStatus(status: number): Failure {
  return { code: 'invalid_answer', phase: 'headers', detail: `${status} is not a status of HTTP` }
}
