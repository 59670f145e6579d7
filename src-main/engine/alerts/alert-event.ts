import type { Alert, AlertRule, AlertKind } from '#shared/model/alert.ts'
import { composedEvent } from '../capture/composed-event.ts'
import { newDelivery } from '../delivery/new-delivery.ts'
import type { AppendEvent, Ids } from '../ports.ts'

const UNITS: Readonly<Record<AlertKind, string>> = {
  success_rate: 'percent',
  dead_letters: 'deliveries',
  retry_spike: 'percent',
  backlog: 'deliveries',
  timeouts: 'percent',
}

/** The event, and its one delivery to the rule's chosen endpoint, to be kept together with the alert; null for nowhere. */
export function alertEvent(
  { alert, rule, endpointName }: { alert: Alert; rule: AlertRule; endpointName: string | null },
  { ids, now }: { ids: Ids; now: number },
): AppendEvent | null {
  if (rule.notifyEndpointId === null) return null
  const type = alert.resolvedAt === null ? 'alert.raised' : 'alert.resolved'
  const measured = alert.resolvedAt === null ? alert : alert.resolvedBy
  const body = {
    type,
    alert_id: alert.id,
    rule: { id: alert.ruleId, name: alert.name },
    condition: {
      kind: alert.kind,
      threshold: alert.threshold,
      unit: UNITS[alert.kind],
      window_minutes: alert.windowMinutes,
    },
    endpoint: alert.endpointId === null ? null : { id: alert.endpointId, name: endpointName },
    value: measured?.value ?? null,
    sample_size: measured?.sampleSize ?? 0,
    raised_at: new Date(alert.raisedAt).toISOString(),
    resolved_at: alert.resolvedAt === null ? null : new Date(alert.resolvedAt).toISOString(),
  }
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  const event = composedEvent(
    { type, body: bytes, contentType: 'application/json', provider: null },
    { id: ids.next('evt'), projectId: rule.projectId, receivedAt: now },
  )
  const to = { endpointId: rule.notifyEndpointId }
  return { event, body: bytes, deliveries: [newDelivery({ event, to, replay: null }, { ids, now })], idempotency: null }
}
