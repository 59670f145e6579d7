import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const razorpay: Provider = {
  id: 'razorpay',
  name: 'Razorpay',
  signing: bodyHmac({ header: 'X-Razorpay-Signature', beside: [['x-razorpay-event-id', '{id}']] }),
  recognition: { eventType: [{ json: 'event' }], messageId: [{ header: 'x-razorpay-event-id' }] },
  eventTypes: [
    {
      name: 'payment.captured',
      description: 'A payment was captured.',
      sample: {
        entity: 'event',
        account_id: 'acc_BFQ7uQEaa7j2z7',
        event: 'payment.captured',
        contains: ['payment'],
        payload: {
          payment: {
            entity: {
              id: 'pay_DESlfW9H8K9uqM',
              entity: 'payment',
              amount: 4900,
              currency: 'INR',
              status: 'captured',
              order_id: 'order_DESlLckIVRkHWj',
              method: 'upi',
            },
          },
        },
        created_at: 1795165924,
      },
    },
    {
      name: 'refund.processed',
      description: 'A refund went out.',
      sample: {
        entity: 'event',
        account_id: 'acc_BFQ7uQEaa7j2z7',
        event: 'refund.processed',
        contains: ['refund'],
        payload: {
          refund: {
            entity: {
              id: 'rfnd_DEXFWroJ6LikKT',
              entity: 'refund',
              amount: 4900,
              currency: 'INR',
              payment_id: 'pay_DESlfW9H8K9uqM',
              status: 'processed',
            },
          },
        },
        created_at: 1795165924,
      },
    },
  ],
  facts: {
    source: 'https://razorpay.com/docs/webhooks/validate-test; razorpay 2.9.8',
    checkedOn: '2026-11-25',
    unconfirmed: 'The header x-razorpay-event-id.',
  },
}
