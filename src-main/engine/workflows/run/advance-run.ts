import type { Delivery } from '#shared/model/delivery.ts'
import type { DeliveryId } from '#shared/model/ids.ts'
import type { RunStep, RunStop } from '#shared/model/workflows/workflow-run.ts'
import { newDelivery } from '../../delivery/new-delivery.ts'
import type { Ids, RunAdvance, RunWithSteps } from '../../ports.ts'
import { nextMoves } from './next-moves.ts'
import { stepAfter } from './step-ends.ts'

/** What is new: how deliveries of the run stand now (null for one that is gone), and whether it is to stop. */
export interface RunNews {
  deliveries: ReadonlyMap<DeliveryId, Delivery | null>
  stop: RunStop | null
}

/** How a run goes on after the news; null where nothing changes. The event of its end is left to the caller. */
export function advanceRun(
  { run, steps }: RunWithSteps,
  { deliveries, stop: asked }: RunNews,
  { ids, now }: { ids: Ids; now: number },
): Omit<RunAdvance, 'finished'> | null {
  const stop = strongest(run.stop, asked)
  const known = steps.map((step) => {
    const news = step.outcome === 'sending' && step.deliveryId !== null ? deliveries.get(step.deliveryId) : undefined
    return news === undefined ? step : stepAfter(step, news, { stop, now })
  })
  const moves = nextMoves({ ...run, stop }, known)
  const skipped = new Set(moves.skip)
  const begun = new Map(moves.begin.map((step) => [step, begin(run, step, { ids, now })]))
  const next = known.map((step) => {
    if (skipped.has(step)) return { ...step, outcome: 'skipped' as const }
    const delivery = begun.get(step)
    return delivery ? { ...step, outcome: 'sending' as const, deliveryId: delivery.id, startedAt: now } : step
  })
  const changed = next.filter((step, index) => step !== steps[index])
  if (changed.length === 0 && moves.stop === run.stop) return null
  const { status, completed, failed } = moves
  const finishedAt = status === 'running' ? null : now
  return {
    run: { ...run, stop: moves.stop, status, completed, failed, finishedAt },
    steps: changed,
    deliveries: [...begun.values()],
  }
}

/** A run that stops after a failure can still be canceled or run out of time; those two last. */
function strongest(now: RunStop | null, asked: RunStop | null): RunStop | null {
  return now === null || now === 'first_failure' ? (asked ?? now) : now
}

function begin(run: RunWithSteps['run'], step: RunStep, { ids, now }: { ids: Ids; now: number }): Delivery {
  const { projectId, startedAt: receivedAt } = run
  const event = { id: step.eventId, projectId, type: step.eventType, receivedAt }
  if (step.endpointId !== null) {
    return newDelivery({ event, to: { endpointId: step.endpointId }, replay: null }, { ids, now })
  }
  const sender = { id: ids.next('snd'), provider: 'none', policy: step.policy ?? 'once' }
  return newDelivery({ event, to: { url: step.url }, replay: null, sender }, { ids, now })
}
