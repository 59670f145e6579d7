import type { Provider } from '#main/engine/catalog/provider.ts'
import { standardWebhooksScheme } from './schemes/standard-webhooks.ts'

export const polar: Provider = {
  id: 'polar',
  name: 'Polar',
  signing: {
    ...standardWebhooksScheme(),
    // Its own secrets are the key as they are written; its verifiers try the decoded one as well.
    key: 'utf8',
    newSecret: { prefix: 'polar_whs_', bytes: 24, encoding: 'hex' },
    also: [standardWebhooksScheme()],
  },
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'webhook-id' }] },
  policy: 'polar',
  eventTypes: [
    {
      name: 'order.paid',
      description: 'An order was paid.',
      sample: {
        type: 'order.paid',
        timestamp: '2026-11-20T09:12:04.000Z',
        data: {
          id: '5f2c1a64-3a3e-4b0f-8d57-0c2c1b9f7a10',
          created_at: '2026-11-20T09:12:03.512Z',
          status: 'paid',
          paid: true,
          subtotal_amount: 4900,
          tax_amount: 980,
          total_amount: 5880,
          currency: 'eur',
          billing_reason: 'purchase',
          customer: { id: 'b1c7a9de-6f0c-4e55-9e0e-1d2f3a4b5c6d', email: 'ada@example.com', name: 'Ada Marín' },
          product: { id: '0b8d4a2e-19e5-4e43-8a3b-7f6e5d4c3b2a', name: 'Tea club' },
        },
      },
    },
    {
      name: 'subscription.canceled',
      description: 'A subscription was cancelled; it may run on to the end of its period.',
      sample: {
        type: 'subscription.canceled',
        timestamp: '2026-11-20T09:12:04.000Z',
        data: {
          id: 'd0c3b2a1-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
          status: 'active',
          cancel_at_period_end: true,
          canceled_at: '2026-11-20T09:12:03.901Z',
          current_period_end: '2026-12-20T09:12:03.000Z',
          amount: 4900,
          currency: 'eur',
          recurring_interval: 'month',
          customer_cancellation_reason: 'too_expensive',
          customer: { id: 'b1c7a9de-6f0c-4e55-9e0e-1d2f3a4b5c6d', email: 'ada@example.com', name: 'Ada Marín' },
        },
      },
    },
  ],
  facts: {
    source: 'https://polar.sh/docs/integrate/webhooks/delivery; @polar-sh/sdk 1.0.1',
    checkedOn: '2026-11-25',
  },
}
