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
  },
  eventTypes: [],
  facts: { source: 'https://github.com/standard-webhooks/standard-webhooks', checkedOn: '2026-11-21' },
}
