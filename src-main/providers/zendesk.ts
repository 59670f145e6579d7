import type { Provider } from '#main/engine/catalog/provider.ts'

function sample(type: string, detail: object, event: object) {
  return {
    account_id: 22129848,
    detail,
    event,
    id: '2b24ef10-19d2-4740-93cf-8f98ec4776c0',
    subject: 'zen:ticket:4556',
    time: '2026-11-20T09:12:04.000000000Z',
    type,
    zendesk_event_version: '2022-11-06',
  }
}

const ticket = {
  id: '4556',
  subject: 'Is the teapot back?',
  description: 'I would like two of them.',
  status: 'OPEN',
  priority: 'NORMAL',
  requester_id: '8447388090494',
  updated_at: '2026-11-20T09:12:03Z',
}

export const zendesk: Provider = {
  id: 'zendesk',
  name: 'Zendesk',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 'rfc3339',
    signedContent: '{timestamp}{body}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['X-Zendesk-Webhook-Signature-Timestamp', '{timestamp}'],
      ['X-Zendesk-Webhook-Signature', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'base64' },
  },
  recognition: { eventType: [{ json: 'type' }], messageId: [{ json: 'id' }] },
  eventTypes: [
    {
      name: 'zen:event-type:ticket.created',
      description: 'A ticket was opened.',
      sample: sample('zen:event-type:ticket.created', ticket, {
        meta: { sequence: { id: '1', position: 1, total: 1 } },
      }),
    },
    {
      name: 'zen:event-type:ticket.status_changed',
      description: 'A ticket changed its status.',
      sample: sample(
        'zen:event-type:ticket.status_changed',
        { ...ticket, status: 'SOLVED' },
        { current: 'SOLVED', previous: 'OPEN' },
      ),
    },
  ],
  facts: {
    source: 'https://developer.zendesk.com/documentation/webhooks/verifying',
    checkedOn: '2026-11-25',
    unconfirmed: 'A tolerance for the time: receivers choose one.',
  },
}
