import type { Alert } from '#shared/model/alert.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Findings } from '#shared/model/findings.ts'
import type { EndpointId, EventId, ProjectId } from '#shared/model/ids.ts'
import type { WorkflowRun } from '#shared/model/workflows/workflow-run.ts'

/** What happened, for whoever watches. */
export type Change =
  | {
      type: 'event.captured'
      projectId: ProjectId
      event: EventRecord
      findings: Findings
      deliveries: readonly Delivery[]
    }
  /** A sender sent the message of this event again; `repeats` is how often by now. */
  | { type: 'event.repeated'; projectId: ProjectId; eventId: EventId; repeats: number }
  /** An event was held against the schema of its type: at so many places it does not fit. */
  | { type: 'event.drifted'; projectId: ProjectId; eventId: EventId; drift: number }
  /** Events were marked as read or unread; null where too many to be named. */
  | { type: 'events.marked'; projectId: ProjectId; eventIds: readonly EventId[] | null; isRead: boolean }
  /** Events that fit a filter are being deleted, or that ended. */
  | { type: 'clear.changed'; projectId: ProjectId }
  | { type: 'delivery.changed'; projectId: ProjectId; delivery: Delivery }
  | { type: 'endpoint.changed'; projectId: ProjectId; endpointId: EndpointId }
  /** Many deliveries of a project changed at once: read them again. */
  | { type: 'deliveries.changed'; projectId: ProjectId }
  | { type: 'source.changed'; projectId: ProjectId; sourceId: string }
  /** Somebody subscribed to it, came, left, or fell silent. */
  | { type: 'subscriptions.changed'; projectId: ProjectId; sourceId: string }
  /** What feeds it from a relay changed, or how that stands. */
  | { type: 'link.changed'; projectId: ProjectId; sourceId: string }
  | { type: 'project.changed'; projectId: ProjectId }
  | { type: 'replay.changed'; projectId: ProjectId; replayId: string }
  /** A retry of dead letters began, came further or ended. */
  | { type: 'retry.changed'; projectId: ProjectId; retryId: string }
  | { type: 'alert.raised'; projectId: ProjectId; alert: Alert }
  | { type: 'alert.resolved'; projectId: ProjectId; alert: Alert }
  /** Alert rules changed, or an alert was acknowledged. */
  | { type: 'alerts.changed'; projectId: ProjectId }
  /** A workflow was defined, changed or deleted, or a start of it was left out. */
  | { type: 'workflow.changed'; projectId: ProjectId; workflowId: string }
  | { type: 'workflow_run.changed'; projectId: ProjectId; run: WorkflowRun }
  /** Own providers or event types changed. */
  | { type: 'catalog.changed'; projectId: ProjectId; eventType?: string }
