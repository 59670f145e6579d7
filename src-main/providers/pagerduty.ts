import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

const incident = {
  id: 'PGR0VU2',
  type: 'incident',
  self: 'https://api.pagerduty.com/incidents/PGR0VU2',
  html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
  number: 17,
  incident_key: 'd3640fbd41094207a1c11e58e46b1662',
  created_at: '2026-11-20T09:11:52Z',
  title: 'Checkout answers 502',
  service: { id: 'PF9KMXH', type: 'service_reference', summary: 'Shop' },
  priority: { id: 'PSO75BM', type: 'priority_reference', summary: 'P1' },
  urgency: 'high',
}

function sample(event_type: string, data: object) {
  return {
    event: {
      id: '01DVUHO6P4XQDFJ9AHOADG8R4C',
      event_type,
      resource_type: 'incident',
      occurred_at: '2026-11-20T09:12:04.000Z',
      agent: { id: 'PLH1HKV', type: 'user_reference', summary: 'Ada Marín' },
      client: null,
      data,
    },
  }
}

export const pagerduty: Provider = {
  id: 'pagerduty',
  name: 'PagerDuty',
  signing: bodyHmac({ header: 'X-PagerDuty-Signature', prefix: 'v1=', join: ',', beside: [['X-Webhook-Id', '{id}']] }),
  recognition: {
    eventType: [{ json: 'event.event_type' }],
    messageId: [{ header: 'X-Webhook-Id' }, { json: 'event.id' }],
  },
  deadlineMs: 5_000,
  eventTypes: [
    {
      name: 'incident.triggered',
      description: 'An incident was opened.',
      sample: sample('incident.triggered', { ...incident, status: 'triggered', assignees: [] }),
    },
    {
      name: 'incident.acknowledged',
      description: 'Someone takes care of an incident.',
      sample: sample('incident.acknowledged', {
        ...incident,
        status: 'acknowledged',
        assignees: [{ id: 'PLH1HKV', type: 'user_reference', summary: 'Ada Marín' }],
      }),
    },
    {
      name: 'incident.resolved',
      description: 'An incident is over.',
      sample: sample('incident.resolved', { ...incident, status: 'resolved', assignees: [] }),
    },
    {
      name: 'pagey.ping',
      description: 'A test of the address.',
      sample: {
        event: {
          id: '01CHMD3Z1FRZDWOQQY8OPPVS19',
          event_type: 'pagey.ping',
          resource_type: 'pagey',
          occurred_at: '2026-11-20T09:12:04.000Z',
          agent: null,
          client: null,
          data: { message: 'Hello from your friend Pagey!', type: 'ping' },
        },
      },
    },
  ],
  facts: {
    source: 'https://docs.pagerduty.com/developer/verifying-webhook-signatures, as hookdeck/webhook-skills quotes it',
    checkedOn: '2026-11-25',
  },
}
