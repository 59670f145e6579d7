import type { Failure } from '#shared/model/failure.ts'
import type { ClaimedDelivery } from '../../ports/delivery-store.ts'
import type { TransportRequest, TransportResponse, TransportResult } from '../../ports/transport.ts'
import type { DispatcherDeps } from './deps.ts'
import { judge, judgeUnbuilt, type Verdict } from '../outcome.ts'
import type { TimeWatch } from './clock/time-watch.ts'
import { maskAnswer } from '../masking/mask-answer.ts'
import { prepareRequest, type Prepared } from '../request/prepare-request.ts'
import { destinationOf, type Destination } from './destination.ts'
import type { Patiently } from './store-patience.ts'

/** An event that has come through Hookloop this often goes in a circle. */
const MOST_HOPS = 5
/** Ends only attempts on kept connections: after one, a new connection cannot end so again. */
const STALE = 'stale_connection'

export interface AttemptEnd {
  /**
   * `simulated`: all was done but the send. `asleep`: the machine slept meanwhile, so that nothing can be said. `stale`: the
   * kept connection was dying already, which says nothing of the receiver; it is sent again at once on a new one. `locked`:
   * the endpoint's secrets cannot be opened, and nothing goes out without them.
   */
  verdict:
    | Exclude<Verdict, { kind: 'interrupted' }>
    | { kind: 'simulated' }
    | { kind: 'asleep'; failure: Failure }
    | { kind: 'stale'; failure: Failure }
    | { kind: 'locked'; failure: Failure }
  /** Null where nothing could be built. */
  request: TransportRequest | null
  /** What of it is recorded. */
  shown: Prepared['shown'] | null
  /** Whether its body is the event's as it is stored. */
  sendsStored: boolean
  /** Null where nothing was sent. No secret stands in it. */
  result: TransportResult | null
  /** The answer as it came, sealed, where secrets are masked in `result`. */
  rawAnswer: Uint8Array | null
  /** Unix ms. */
  startedAt: number
  finishedAt: number
}

type RunDeps = Pick<DispatcherDeps, 'events' | 'transport' | 'clock' | 'directory' | 'log'> & {
  patiently: Patiently
  time: Pick<TimeWatch, 'sleeps'>
}

export interface AttemptStart {
  claimed: ClaimedDelivery
  destination: Destination
  signal: AbortSignal
}

/**
 * Builds, signs and sends one attempt and judges what came. `withdrawn` where its endpoint was paused or deleted before a
 * byte was sent, `interrupted` where `signal` cut it. A mistake of ours ends this attempt and no more.
 */
export async function runAttempt(
  start: AttemptStart,
  deps: RunDeps,
): Promise<AttemptEnd | 'withdrawn' | 'interrupted'> {
  const { claimed, destination, signal } = start
  const { clock, transport, time } = deps
  const startedAt = clock.now()
  const sleepsBefore = time.sleeps()
  let request: TransportRequest | null = null
  let shown: Prepared['shown'] | null = null
  let sendsStored = false
  let result: TransportResult | null = null
  let rawAnswer: Uint8Array | null = null

  const ended = (verdict: AttemptEnd['verdict']): AttemptEnd => ({
    verdict,
    request,
    shown,
    sendsStored,
    result,
    rawAnswer,
    startedAt,
    finishedAt: clock.now(),
  })

  try {
    const built = await build(start, startedAt, deps)
    if (built === 'withdrawn' || built === 'interrupted') return built
    if ('failure' in built) return ended(unbuilt(built.failure, claimed))
    request = { ...built.request, fresh: claimed.delivery.lastFailure === STALE }
    shown = built.shown
    sendsStored = built.sendsStored
    if (built.testMode) return ended({ kind: 'simulated' })
    const masked = await maskAnswer(await transport.send(request, signal), built.mask)
    result = masked.result
    if (masked.raw) rawAnswer = await sealed(masked.raw, claimed, deps)
    if (result.response === null && result.failure && !signal.aborted && time.sleeps() !== sleepsBefore)
      return ended({ kind: 'asleep', failure: cutBySleep(result.failure) })
    if (result.failure?.code === STALE) return ended({ kind: 'stale', failure: result.failure })
    const verdict = judge(result, destination.policy, clock.now())
    return verdict.kind === 'interrupted' ? 'interrupted' : ended(verdict)
  } catch (error) {
    if (signal.aborted) return 'interrupted'
    deps.log.error('An attempt failed inside Hookloop', { deliveryId: claimed.delivery.id, ...describe(error) })
    const phase = request === null ? 'build' : 'send'
    return ended({
      kind: 'stop',
      failure: { code: 'internal_error', phase, detail: describe(error).error },
      pause: null,
    })
  }
}

function sealed(
  answer: TransportResponse,
  { attemptId, delivery: { projectId } }: ClaimedDelivery,
  { directory }: RunDeps,
): Promise<Uint8Array | null> {
  return directory.sealAnswer({ projectId, attemptId }, answer)
}

async function build(
  { claimed, destination, signal }: AttemptStart,
  now: number,
  deps: RunDeps,
): Promise<(Prepared & { testMode: boolean }) | { failure: Failure } | 'withdrawn' | 'interrupted'> {
  const { event } = claimed
  if (event.hops >= MOST_HOPS) return { failure: loopDetected(event.hops) }
  const prepared = await prepareRequest({ claimed, destination, now }, deps)
  if (signal.aborted) return 'interrupted'
  const latest = destinationOf(claimed, deps.directory)
  if (!latest) return 'withdrawn'
  if ('failure' in prepared) return prepared
  return { ...prepared, testMode: destination.testMode || latest.testMode }
}

/** Secrets of the endpoint that are locked hold up all that goes to it; one that was given for a delivery alone, this one. */
function unbuilt(failure: Failure, { delivery }: ClaimedDelivery): AttemptEnd['verdict'] {
  const isEndpoints = delivery.endpointId !== null && delivery.sender === null
  return failure.code === 'secret_locked' && isEndpoints ? { kind: 'locked', failure } : judgeUnbuilt(failure)
}

function loopDetected(hops: number): Failure {
  return { code: 'loop_detected', phase: 'build', detail: `The event has come through Hookloop ${hops} times` }
}

function cutBySleep({ phase }: Failure): Failure {
  return {
    code: 'interrupted',
    phase,
    detail: 'The machine slept while this attempt ran; the receiver may have handled it.',
  }
}

/** An error without its message, which may quote a payload: its name and where it came from. */
function describe(error: unknown): { error: string; frames: string } {
  if (!(error instanceof Error)) return { error: 'not an error', frames: '' }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { error: error.name, frames: frames.slice(0, 5).join('\n') }
}
