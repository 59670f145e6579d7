import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const mollie: Provider = {
  id: 'mollie',
  name: 'Mollie',
  signing: bodyHmac({
    header: 'X-Mollie-Signature',
    also: [bodyHmac({ header: 'X-Mollie-Signature', prefix: 'sha256=' })],
  }),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ json: 'id' }] },
  policy: 'mollie',
  eventTypes: [
    {
      name: 'payment-link.paid',
      description: 'A payment link was paid.',
      sample: {
        resource: 'event',
        id: 'event_GvJ8WHrp5isUdRub9CJyH',
        type: 'payment-link.paid',
        entityId: 'pl_qng5gbbv8NAZ5gpM5ZYgx',
        createdAt: '2026-11-20T09:12:04.0Z',
      },
    },
    {
      name: 'hook.ping',
      description: 'A test of the address.',
      sample: {
        resource: 'event',
        id: 'event_GvJ8WHrp5isUdRub9CJyJ',
        type: 'hook.ping',
        entityId: 'hook_B2EyhTH5N4KWUnoYPcgiH',
        createdAt: '2026-11-20T09:12:04.0Z',
      },
    },
  ],
  facts: {
    source: 'https://docs.mollie.com/reference/webhooks-best-practices',
    checkedOn: '2026-11-21',
    unconfirmed: 'Whether the signature begins with sha256=; both are accepted.',
  },
}
