import type { Provider } from '#main/engine/catalog/provider.ts'

export const standardWebhooks: Provider = {
  id: 'standard-webhooks',
  name: 'Standard Webhooks',
  signing: {
    algorithm: 'hmac-sha256',
    key: { base64AfterPrefix: 'whsec_' },
    timestamp: 's',
    signedContent: '{id}.{timestamp}.{body}',
    encoding: 'base64',
    signatureFormat: 'v1,{signature}',
    join: ' ',
    headers: [
      ['webhook-id', '{id}'],
      ['webhook-timestamp', '{timestamp}'],
      ['webhook-signature', '{signatures}'],
    ],
    newSecret: { prefix: 'whsec_', bytes: 32, encoding: 'base64' },
    tolerance: { pastMs: 300000, futureMs: 300000 },
    also: [
      {
        algorithm: 'ed25519',
        key: { asymmetric: { privatePrefix: 'whsk_', publicPrefix: 'whpk_' } },
        timestamp: 's',
        signedContent: '{id}.{timestamp}.{body}',
        encoding: 'base64',
        signatureFormat: 'v1a,{signature}',
        join: ' ',
        headers: [
          ['webhook-id', '{id}'],
          ['webhook-timestamp', '{timestamp}'],
          ['webhook-signature', '{signatures}'],
        ],
        newSecret: { prefix: 'whsk_', bytes: 64, encoding: 'base64' },
        tolerance: { pastMs: 300000, futureMs: 300000 },
      },
    ],
  },
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'webhook-id' }] },
  eventTypes: [
    {
      name: 'invoice.paid',
      description: 'An example in the shape that the specification recommends.',
      sample: {
        type: 'invoice.paid',
        timestamp: '2026-11-20T09:12:04.000Z',
        data: {
          id: 'inv_4Kd92ma',
          customer_id: 'cus_81Tqz',
          amount: 4900,
          currency: 'eur',
          paid_at: '2026-11-20T09:12:04.000Z',
        },
      },
    },
    {
      name: 'user.created',
      description: 'An example of a record that came to be.',
      sample: {
        type: 'user.created',
        timestamp: '2026-11-20T09:12:04.000Z',
        data: { id: 'usr_7sPq1c', email: 'ada@example.com', name: 'Ada Marín' },
      },
    },
  ],
  facts: { source: 'https://github.com/standard-webhooks/standard-webhooks', checkedOn: '2026-11-21' },
}
