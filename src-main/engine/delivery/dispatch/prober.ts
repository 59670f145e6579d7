import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import type { ClaimedDelivery } from '../../ports/delivery-store.ts'
import type { DispatcherDeps } from './deps.ts'
import type { Patiently } from './store-patience.ts'

/** Before a probe is tried again that the storage would not give. */
const TRY_AGAIN_MS = 5_000

/** Half-open probing: after a pause by the breaker, one held delivery tries whether the endpoint is back. */
export interface Prober {
  start(): void
  /** Looks at an endpoint whose state, configuration or held deliveries changed. */
  look(endpointId: EndpointId): void
  /** Looks at all again: the time scale changed. */
  refresh(): void
  /** A probe that it began has ended. */
  ended(claimed: ClaimedDelivery): void
  /** Lets no probe out before this monotonic time; those that wait then go. */
  rest(until: number): void
  stop(): void
  pending(): readonly Promise<void>[]
}

type ProberDeps = Pick<DispatcherDeps, 'deliveries' | 'clock' | 'ids' | 'log' | 'directory'> & {
  owner: string
  patiently: Patiently
  begin(claimed: ClaimedDelivery): void
}

export function createProber({ deliveries, clock, ids, log, directory, owner, patiently, begin }: ProberDeps): Prober {
  const waiting = new Map<EndpointId, () => void>()
  const probing = new Set<EndpointId>()
  const asking = new Set<Promise<void>>()
  /** Those that changed while their probe was asked for. */
  const changed = new Set<EndpointId>()
  let running = false
  let restsUntil = -Infinity

  /** What is left of the cool-down, in ms; null where no probe will come. A clock that was set stretches it no further. */
  function coolDownLeft(endpoint: Endpoint | null): number | null {
    if (endpoint?.pausedReason !== 'breaker' || endpoint.pausedAt === null) return null
    const probeAfterMs = endpoint.version.config.policy.breaker?.probeAfterMs ?? null
    if (probeAfterMs === null) return null
    const coolDownMs = probeAfterMs / directory.timeScale(endpoint.projectId)
    return Math.min(coolDownMs, Math.max(0, endpoint.pausedAt + coolDownMs - clock.now()))
  }

  function look(id: EndpointId, atLeastMs = 0): void {
    waiting.get(id)?.()
    waiting.delete(id)
    if (probing.has(id)) changed.add(id)
    const leftMs = running && !probing.has(id) ? coolDownLeft(directory.endpoint(id)) : null
    if (leftMs === null) return
    const waitMs = Math.max(leftMs, atLeastMs, restsUntil - clock.monotonic())
    if (waitMs === Number.POSITIVE_INFINITY) return
    waiting.set(
      id,
      clock.after(waitMs, () => {
        waiting.delete(id)
        if (coolDownLeft(directory.endpoint(id)) === 0 && clock.monotonic() >= restsUntil) ask(id)
        else look(id)
      }),
    )
  }

  function ask(endpointId: EndpointId): void {
    probing.add(endpointId)
    changed.delete(endpointId)
    const step = { endpointId, owner, nextAttemptId: () => ids.next('att') }
    const asked = patiently(() => deliveries.claimProbe({ ...step, now: clock.now() }))
      .then((claimed) => {
        // Where nothing is held, the next delivery that is held asks again.
        if (claimed) begin(claimed)
        else probing.delete(endpointId)
        if (!claimed && changed.has(endpointId)) look(endpointId)
      })
      .catch((error: unknown) => {
        probing.delete(endpointId)
        if (running) log.error('A probe could not be claimed', { endpointId, error: String(error) })
        look(endpointId, TRY_AGAIN_MS)
      })
      .finally(() => asking.delete(asked))
    asking.add(asked)
  }

  function refresh(): void {
    for (const { id } of directory.pausedByBreaker()) look(id)
  }

  return {
    refresh,
    look: (id) => look(id),
    start() {
      running = true
      refresh()
    },
    ended({ trigger, delivery: { endpointId } }) {
      if (endpointId === null) return
      if (trigger === 'probe') probing.delete(endpointId)
      if (!waiting.has(endpointId)) look(endpointId)
    },
    rest(until) {
      restsUntil = until
      refresh()
    },
    stop() {
      running = false
      for (const cancel of waiting.values()) cancel()
      waiting.clear()
    },
    pending: () => [...asking],
  }
}
