import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const asana: Provider = {
  id: 'asana',
  name: 'Asana',
  signing: bodyHmac({ header: 'X-Hook-Signature' }),
  recognition: { eventType: [{ json: 'events.0.resource.resource_type' }], messageId: [] },
  handshakes: [
    {
      method: 'POST',
      says: [{ at: { header: 'X-Hook-Secret' } }],
      secretAt: { header: 'X-Hook-Secret' },
      answer: { status: 200, headers: [['X-Hook-Secret', { header: 'X-Hook-Secret' }]] },
    },
  ],
  eventTypes: [
    {
      name: 'task.changed',
      description: 'Tasks changed; Asana sends batches.',
      sample: {
        events: [
          {
            action: 'changed',
            created_at: '2026-11-20T09:12:04.000Z',
            parent: null,
            user: { gid: '12345', resource_type: 'user' },
            resource: { gid: '1192838481', resource_type: 'task' },
            change: { field: 'due_on', action: 'changed' },
          },
        ],
      },
    },
  ],
  facts: {
    source: 'https://developers.asana.com/docs/webhooks-guide',
    checkedOn: '2026-11-25',
    unconfirmed: 'The signature, known from receivers of it; no official verifier was at hand.',
  },
}
