import type { Provider } from '#main/engine/catalog/provider.ts'

export const cursor: Provider = {
  id: 'cursor',
  name: 'Cursor',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{body}',
    encoding: 'hex',
    signatureFormat: 'sha256={signature}',
    join: null,
    headers: [
      ['X-Webhook-Event', '{type}'],
      ['X-Webhook-ID', '{id}'],
      ['X-Webhook-Signature', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
  },
  recognition: {
    eventType: [{ header: 'X-Webhook-Event' }, { json: 'event' }],
    messageId: [{ header: 'X-Webhook-ID' }],
  },
  eventTypes: [
    {
      name: 'statusChange',
      description: 'A background agent finished or failed.',
      sample: {
        event: 'statusChange',
        timestamp: '2026-11-20T09:12:04.000Z',
        id: 'bc_abc123',
        status: 'FINISHED',
        source: { repository: 'https://github.com/acme/shop', ref: 'main' },
        target: { url: 'https://cursor.com/agents?id=bc_abc123', branchName: 'cursor/rounding-1017' },
        summary: 'Rounded totals half up',
      },
    },
  ],
  facts: {
    source: 'https://cursor.com/docs/background-agent/api/webhooks; hookdeck/webhook-skills',
    checkedOn: '2026-11-21',
  },
}
