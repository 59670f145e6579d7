import type { Provider } from '#main/engine/catalog/provider.ts'

export const outpost: Provider = {
  id: 'outpost',
  name: 'Outpost',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{body}',
    encoding: 'hex',
    signatureFormat: '{signature}',
    join: ',',
    headers: [
      ['x-outpost-event-id', '{id}'],
      ['x-outpost-topic', '{type}'],
      ['x-outpost-timestamp', '{timestamp}'],
      ['x-outpost-signature', 'v0={signatures}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
  },
  recognition: { eventType: [{ header: 'x-outpost-topic' }], messageId: [{ header: 'x-outpost-event-id' }] },
  eventTypes: [
    {
      name: 'user.created',
      description: 'An example; tenants name their own topics.',
      sample: { user_id: 'usr_7sPq1c', email: 'ada@example.com' },
    },
  ],
  facts: {
    source: 'https://github.com/hookdeck/outpost',
    checkedOn: '2026-11-21',
    unconfirmed: 'The names of the headers beside the signature.',
  },
}
