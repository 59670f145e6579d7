import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

export const sanity: Provider = {
  id: 'sanity',
  name: 'Sanity',
  signing: stampedHmac({
    header: 'sanity-webhook-signature',
    timestamp: 'ms',
    encoding: 'base64url',
    beside: [['idempotency-key', '{id}']],
    newSecret: { prefix: '', bytes: 24, encoding: 'hex' },
  }),
  recognition: { eventType: [{ json: '_type' }], messageId: [{ header: 'idempotency-key' }] },
  policy: 'sanity',
  eventTypes: [
    {
      name: 'document',
      description: 'A document was made, changed or removed; a projection may reshape it.',
      sample: {
        _id: 'drafts.7e2f1c',
        _type: 'product',
        _rev: '9sT1k2',
        _createdAt: '2026-11-20T09:12:04Z',
        _updatedAt: '2026-11-20T09:12:04Z',
        title: 'Teapot',
        slug: { _type: 'slug', current: 'teapot' },
      },
    },
  ],
  facts: { source: 'https://www.sanity.io/docs/webhooks; @sanity/webhook 4.0.4', checkedOn: '2026-11-25' },
}
