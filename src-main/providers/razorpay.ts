import type { Provider } from '#main/engine/catalog/provider.ts'

export const razorpay: Provider = {
  id: 'razorpay',
  name: 'Razorpay',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{body}',
    encoding: 'hex',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['X-Razorpay-Signature', '{signatures}'],
      ['x-razorpay-event-id', '{id}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
  },
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
    checkedOn: '2026-11-21',
    unconfirmed: 'The header x-razorpay-event-id.',
  },
}
