import type { Delivery } from '#shared/model/delivery.ts'
import type { RunStep, RunStop, StepOutcome } from '#shared/model/workflows/workflow-run.ts'

/** A step that is under way, as its delivery stands: the same where nothing is new. Null means that its delivery is gone. */
export function stepAfter(
  step: RunStep,
  delivery: Delivery | null,
  at: { stop: RunStop | null; now: number },
): RunStep {
  if (!delivery) return { ...step, outcome: 'failed', lastFailure: 'endpoint_removed', finishedAt: at.now }
  const { attempts, lastStatus, lastFailure, updatedAt } = delivery
  const outcome = outcomeOf(delivery, at.stop)
  const isNew = attempts !== step.attempts || lastStatus !== step.lastStatus || lastFailure !== step.lastFailure
  if (outcome === 'sending' && !isNew) return step
  return { ...step, attempts, lastStatus, lastFailure, outcome, finishedAt: outcome === 'sending' ? null : updatedAt }
}

function outcomeOf({ state }: Delivery, stop: RunStop | null): StepOutcome {
  switch (state) {
    case 'scheduled':
    case 'delivering':
    case 'held':
      return 'sending'
    case 'canceled':
      return stop === 'timed_out' ? 'timed_out' : 'canceled'
    case 'succeeded':
    case 'failed':
    case 'simulated':
      return state
  }
}
