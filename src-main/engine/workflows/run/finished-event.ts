import type { Endpoint } from '#shared/model/endpoint.ts'
import type { WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import { matchingDeliveries } from '../../capture/append-event.ts'
import { composedEvent } from '../../capture/composed-event.ts'
import { newDelivery } from '../../delivery/new-delivery.ts'
import type { AppendEvent, Ids } from '../../ports.ts'
import type { Registry } from '../../registry.ts'
import { runState } from './run-state.ts'

/** The type of the event that tells of the end of a run. */
const WORKFLOW_FINISHED = 'workflow.finished'

/** The event that tells of the end: to every endpoint that takes it, and to the one that the run named. */
export function finishedEvent(run: WorkflowRun, { registry, ids }: { registry: Registry; ids: Ids }): AppendEvent {
  const receivedAt = run.finishedAt ?? run.startedAt
  const body = new TextEncoder().encode(JSON.stringify(content(run)))
  const event = composedEvent(
    { type: WORKFLOW_FINISHED, provider: 'crawlens', contentType: 'application/json', body },
    { id: ids.next('evt'), projectId: run.projectId, receivedAt },
  )
  const matching = matchingDeliveries({ registry, ids }, { event, body })
  const callback = callbackOf(run, registry)
  const isTold = callback === null || matching.some(({ endpointId }) => endpointId === callback.id)
  const extra = isTold
    ? []
    : [newDelivery({ event, to: { endpointId: callback.id }, replay: null }, { ids, now: receivedAt })]
  return { event, body, deliveries: [...matching, ...extra], idempotency: null }
}

/** Null where none was named, or it was deleted meanwhile. */
function callbackOf({ order }: WorkflowRun, { endpoints }: Pick<Registry, 'endpoints'>): Endpoint | null {
  return order.callbackEndpointId === null ? null : (endpoints.get(order.callbackEndpointId) ?? null)
}

function content(run: WorkflowRun) {
  return {
    type: WORKFLOW_FINISHED,
    workflow: run.workflow,
    trigger: run.order.trigger,
    started_at: new Date(run.startedAt).toISOString(),
    finished_at: new Date(run.finishedAt ?? run.startedAt).toISOString(),
    ...runState(run),
  }
}
