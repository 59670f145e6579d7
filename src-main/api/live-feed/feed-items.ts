import type { FeedItem } from '#shared/contract/feed.ts'
import { tallyOf } from '#shared/model/delivery.ts'
import type { Change, Engine } from '../../engine/engine.ts'
import { toAlertView } from '../views/alerts/alert-view.ts'
import { toDeliveryView } from '../views/delivery-view.ts'
import { toEventSummary } from '../views/event-view.ts'
import { toRunView } from '../views/workflow-view.ts'

/** An engine's change as the feed tells it. */
export function toFeedItem(engine: Engine, change: Change): FeedItem {
  if (isOfEvents(change)) return toEventItem(engine, change)
  switch (change.type) {
    case 'delivery.changed':
      return { type: change.type, delivery: toDeliveryView(engine, change.delivery) }
    case 'deliveries.changed':
      return { type: 'gap' }
    case 'endpoint.changed':
      return { type: change.type, endpointId: change.endpointId }
    case 'source.changed':
    case 'subscriptions.changed':
    case 'link.changed':
      return { type: change.type, sourceId: change.sourceId }
    case 'project.changed':
      return { type: change.type, projectId: change.projectId }
    case 'replay.changed':
      return { type: change.type, replayId: change.replayId }
    case 'retry.changed':
      return { type: change.type, retryId: change.retryId }
    case 'alert.raised':
    case 'alert.resolved':
      return { type: change.type, alert: toAlertView(engine, change.alert) }
    case 'alerts.changed':
    case 'clear.changed':
    case 'catalog.changed':
    case 'workflow.changed':
      return { type: change.type }
    case 'workflow_run.changed':
      return { type: change.type, run: toRunView(change.run) }
    default:
      return change satisfies never
  }
}

type EventChange = Extract<Change, { type: `event.${string}` | `events.${string}` }>

function isOfEvents(change: Change): change is EventChange {
  return change.type.startsWith('event.') || change.type.startsWith('events.')
}

function toEventItem(engine: Engine, change: EventChange): FeedItem {
  switch (change.type) {
    case 'event.captured': {
      const { type, event, findings, deliveries } = change
      return { type, event: toEventSummary(engine, { event, findings, tally: tallyOf(deliveries) }) }
    }
    case 'event.repeated':
      return { type: change.type, eventId: change.eventId, repeats: change.repeats }
    case 'event.drifted':
      return { type: change.type, eventId: change.eventId, drift: change.drift }
    case 'events.marked':
      return { type: change.type, eventIds: change.eventIds && [...change.eventIds], isRead: change.isRead }
    default:
      return change satisfies never
  }
}
