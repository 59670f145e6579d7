import type { Failure } from '#shared/model/failure.ts'
import type { ClaimedDelivery } from '../../ports/delivery-store.ts'
import type { TransportRequest, TransportResult } from '../../ports/transport.ts'
import { VaultLockedError } from '../../ports/vault.ts'
import type { DispatcherDeps } from './deps.ts'
import { judge, judgeUnbuilt, type Verdict } from '../outcome.ts'
import { buildRequest, type BuildInput } from '../request/build-request.ts'
import { destinationOf, type Destination } from './destination.ts'
import type { Patiently } from './store-patience.ts'

export interface AttemptEnd {
  verdict: Exclude<Verdict, { kind: 'interrupted' }>
  /** Null where nothing could be built. */
  request: TransportRequest | null
  /** Null where nothing was sent. */
  result: TransportResult | null
  /** Unix ms. */
  startedAt: number
  finishedAt: number
}

type RunDeps = Pick<DispatcherDeps, 'events' | 'transport' | 'clock' | 'directory' | 'log'> & { patiently: Patiently }

/**
 * Builds, signs and sends one attempt and judges what came. `withdrawn` where its endpoint was paused or deleted before a
 * byte was sent, `interrupted` where `signal` cut it. A mistake of ours ends this attempt and no more.
 */
export async function runAttempt(
  { claimed, destination, signal }: { claimed: ClaimedDelivery; destination: Destination; signal: AbortSignal },
  deps: RunDeps,
): Promise<AttemptEnd | 'withdrawn' | 'interrupted'> {
  const { clock, directory, transport } = deps
  const startedAt = clock.now()
  let request: TransportRequest | null = null
  let result: TransportResult | null = null

  const ended = (verdict: AttemptEnd['verdict']): AttemptEnd => ({
    verdict,
    request,
    result,
    startedAt,
    finishedAt: clock.now(),
  })

  try {
    const body = await storedBody(claimed, deps)
    const signing = await signingOf(destination, claimed, deps)
    if (signal.aborted) return 'interrupted'
    if (!destinationOf(claimed.delivery, directory)) return 'withdrawn'
    if ('failure' in signing) return ended(judgeUnbuilt(signing.failure))
    const { delivery, event, number } = claimed
    const built = buildRequest({ delivery, event, body, attempt: number, destination, now: startedAt, ...signing })
    if ('failure' in built) return ended(judgeUnbuilt(built.failure))
    request = built.request
    result = await transport.send(request, signal)
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

async function storedBody({ event }: ClaimedDelivery, { events, patiently }: RunDeps): Promise<Uint8Array> {
  const body = await patiently(() => events.body(event.id))
  if (!body) throw new Error('The stored body is missing')
  return body
}

async function signingOf(
  { endpoint, signer }: Destination,
  { delivery }: ClaimedDelivery,
  { directory, patiently }: RunDeps,
): Promise<Pick<BuildInput, 'signing'> | { failure: Failure }> {
  if (!endpoint || signer === 'none' || !delivery.resign) return { signing: null }
  const provider = directory.provider(signer)
  if (!provider) throw new Error('The provider that signs is unknown')
  if (!provider.signing) return { signing: null }
  try {
    return { signing: { scheme: provider.signing, secrets: await patiently(() => directory.signingSecrets(endpoint)) } }
  } catch (error) {
    if (!(error instanceof VaultLockedError)) throw error
    return { failure: { code: 'secret_locked', phase: 'build', detail: error.message } }
  }
}

/** An error without its message, which may quote a payload: its name and where it came from. */
function describe(error: unknown): { error: string; frames: string } {
  if (!(error instanceof Error)) return { error: 'not an error', frames: '' }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { error: error.name, frames: frames.slice(0, 5).join('\n') }
}
