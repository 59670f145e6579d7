import type { Provider } from '#main/engine/catalog/provider.ts'

export const standardWebhooksV1a: Provider = {
  id: 'standard-webhooks-v1a',
  name: 'Standard Webhooks, asymmetric (v1a)',
  signing: {
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
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'webhook-id' }] },
  eventTypes: [
    {
      name: 'invoice.paid',
      description: 'An example in the shape that the specification recommends.',
      sample: {
        type: 'invoice.paid',
        timestamp: '2026-11-20T09:12:04.000Z',
        data: { id: 'inv_4Kd92ma', customer_id: 'cus_81Tqz', amount: 4900, currency: 'eur' },
      },
    },
  ],
  facts: {
    source: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
    checkedOn: '2026-11-21',
  },
}
