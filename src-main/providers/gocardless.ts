import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const gocardless: Provider = {
  id: 'gocardless',
  name: 'GoCardless',
  signing: bodyHmac({ header: 'Webhook-Signature', newSecret: { prefix: '', bytes: 20, encoding: 'hex' } }),
  recognition: { eventType: [{ json: 'events.0.resource_type' }], messageId: [{ json: 'meta.webhook_id' }] },
  eventTypes: [
    {
      name: 'payments.confirmed',
      description: 'The bank confirmed a payment; GoCardless sends batches.',
      sample: {
        events: [
          {
            id: 'EV01HV8X29KZ0T',
            created_at: '2026-11-20T09:12:04.000Z',
            resource_type: 'payments',
            action: 'confirmed',
            links: { payment: 'PM00001QX7T2' },
            details: { origin: 'gocardless', cause: 'payment_confirmed', description: 'As the bank reported.' },
          },
        ],
        meta: { webhook_id: 'WB01HV8X2A8N0F' },
      },
    },
    {
      name: 'mandates.failed',
      description: 'A mandate could not be set up.',
      sample: {
        events: [
          {
            id: 'EV01HV8X29KZ0T',
            created_at: '2026-11-20T09:12:04.000Z',
            resource_type: 'mandates',
            action: 'failed',
            links: { mandate: 'PM00001QX7T2' },
            details: { origin: 'gocardless', cause: 'bank_account_closed', description: 'As the bank reported.' },
          },
        ],
        meta: { webhook_id: 'WB01HV8X2A8N0F' },
      },
    },
  ],
  facts: {
    source:
      'https://developer.gocardless.com/getting-started/staying-up-to-date-with-webhooks; gocardless-nodejs 10.1.2',
    checkedOn: '2026-11-25',
  },
}
