import type { Provider } from '#main/engine/catalog/provider.ts'

export const square: Provider = {
  id: 'square',
  name: 'Square',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{url}{body}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [['x-square-hmacsha256-signature', '{signatures}']],
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
  },
  recognition: { eventType: [{ json: 'type' }], messageId: [{ json: 'event_id' }] },
  eventTypes: [
    {
      name: 'payment.updated',
      description: 'A payment changed.',
      sample: {
        merchant_id: '6SSW7HV8K2ST5',
        type: 'payment.updated',
        event_id: '6a8f5f28-54a1-4eb0-a98a-3111513fd4fc',
        created_at: '2026-11-20T09:12:04.000Z',
        data: {
          type: 'payment',
          id: 'KkAkhdMsgzn59SM8A89WgKwekxLZY',
          object: {
            payment: {
              id: 'KkAkhdMsgzn59SM8A89WgKwekxLZY',
              amount_money: { amount: 4900, currency: 'EUR' },
              status: 'COMPLETED',
              location_id: 'L88917AVBK2S5',
              order_id: 'QBUSYdeJ0Mzy',
            },
          },
        },
      },
    },
    {
      name: 'order.created',
      description: 'An order was made.',
      sample: {
        merchant_id: '6SSW7HV8K2ST5',
        type: 'order.created',
        event_id: '6a8f5f28-54a1-4eb0-a98a-3111513fd4fc',
        created_at: '2026-11-20T09:12:04.000Z',
        data: {
          type: 'order_created',
          id: 'KkAkhdMsgzn59SM8A89WgKwekxLZY',
          object: {
            order_created: { order_id: 'QBUSYdeJ0Mzy', location_id: 'L88917AVBK2S5', state: 'OPEN', version: 1 },
          },
        },
      },
    },
  ],
  facts: {
    source: 'https://developer.squareup.com/docs/webhooks/step3validate; square 39.1.1',
    checkedOn: '2026-11-25',
  },
}
