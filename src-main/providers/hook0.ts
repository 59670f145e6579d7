import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

export const hook0: Provider = {
  id: 'hook0',
  name: 'Hook0',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{timestamp}.{signedHeaders}.{signedHeaderValues}.{body}',
    encoding: 'hex',
    signatureFormat: 'v1={signature}',
    join: ',',
    headers: [
      ['x-event-id', '{id}'],
      ['x-event-type', '{type}'],
      ['X-Hook0-Signature', 't={timestamp},h={signedHeaders},{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
    signedHeaders: ['x-event-id', 'x-event-type'],
    tolerance: { pastMs: 300_000, futureMs: 300_000 },
    also: [stampedHmac({ header: 'X-Hook0-Signature', version: 'v0', pastMs: 300_000, futureMs: 300_000 })],
  },
  recognition: { eventType: [{ header: 'x-event-type' }], messageId: [{ header: 'x-event-id' }] },
  eventTypes: [
    {
      name: 'billing.invoice.paid',
      description: 'An example; applications name their own events.',
      sample: { id: 'inv_4Kd92ma', amount: 4900, currency: 'eur', paid_at: '2026-11-20T09:12:04.000Z' },
    },
  ],
  facts: {
    source: 'https://github.com/hook0/hook0; hook0-client 1.1.0',
    checkedOn: '2026-11-25',
    unconfirmed: 'The names of the headers that are signed too, and the tolerance, which receivers choose.',
  },
}
