import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const cursor: Provider = {
  id: 'cursor',
  name: 'Cursor',
  signing: bodyHmac({
    header: 'X-Webhook-Signature',
    prefix: 'sha256=',
    beside: [
      ['X-Webhook-Event', '{type}'],
      ['X-Webhook-ID', '{id}'],
    ],
  }),
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
    checkedOn: '2026-11-25',
  },
}
