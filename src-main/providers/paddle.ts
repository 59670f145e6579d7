import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

export const paddle: Provider = {
  id: 'paddle',
  name: 'Paddle Billing',
  signing: stampedHmac({
    header: 'Paddle-Signature',
    stamp: 'ts',
    version: 'h1',
    join: ';',
    between: ':',
    newSecret: { prefix: 'pdl_ntfset_', bytes: 24, encoding: 'hex' },
    pastMs: 5_000,
  }),
  recognition: { eventType: [{ json: 'event_type' }], messageId: [{ json: 'event_id' }] },
  policy: 'paddle',
  resend:
    'Developer tools → Notifications → this destination → the notification → Replay, or `POST /notifications/{id}/replay`.',
  eventTypes: [
    {
      name: 'transaction.completed',
      description: 'A transaction was paid and processed.',
      sample: {
        event_id: 'evt_01hv8x29kz0t586xy6zn1a62ny',
        event_type: 'transaction.completed',
        occurred_at: '2026-11-20T09:12:04.123456Z',
        notification_id: 'ntf_01hv8x2a8n0f4qj7h3gk2e5c6d',
        data: {
          id: 'txn_01hv8wptq8987qeep44cyrewp9',
          status: 'completed',
          customer_id: 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4',
          currency_code: 'EUR',
          details: { totals: { grand_total: '4900', tax: '817', currency_code: 'EUR' } },
        },
      },
    },
    {
      name: 'subscription.canceled',
      description: 'A subscription ended.',
      sample: {
        event_id: 'evt_01hv8x29kz0t586xy6zn1a62ny',
        event_type: 'subscription.canceled',
        occurred_at: '2026-11-20T09:12:04.123456Z',
        notification_id: 'ntf_01hv8x2a8n0f4qj7h3gk2e5c6d',
        data: {
          id: 'sub_01hv8x29kz0t586xy6zn1a62ny',
          status: 'canceled',
          customer_id: 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4',
          canceled_at: '2026-11-20T09:12:04.000Z',
        },
      },
    },
  ],
  facts: {
    source: 'https://developer.paddle.com/webhooks/signature-verification; @paddle/paddle-node-sdk 3.10.0',
    checkedOn: '2026-11-25',
  },
}
