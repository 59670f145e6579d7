import type { Provider } from '#main/engine/catalog/provider.ts'
import { standardWebhooksScheme } from './schemes/standard-webhooks.ts'

export const resend: Provider = {
  id: 'resend',
  name: 'Resend',
  signing: standardWebhooksScheme('svix'),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'svix-id' }, { header: 'webhook-id' }] },
  policy: 'resend',
  resend: 'Webhooks → this endpoint → the event → Replay.',
  eventTypes: [
    {
      name: 'email.delivered',
      description: 'A message reached the recipient’s mail server.',
      sample: {
        type: 'email.delivered',
        created_at: '2026-11-20T09:12:04.000Z',
        data: {
          email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
          from: 'Shop <shop@example.com>',
          to: ['ada@example.com'],
          subject: 'Your order',
          created_at: '2026-11-20T09:12:04.000Z',
        },
      },
    },
    {
      name: 'email.bounced',
      description: 'A recipient’s mail server refused a message for good.',
      sample: {
        type: 'email.bounced',
        created_at: '2026-11-20T09:12:04.000Z',
        data: {
          email_id: '4ef9a417-02e9-4d39-ad75-9611e0fcc33c',
          to: ['nobody@example.com'],
          subject: 'Your order',
          bounce: { type: 'Permanent', subType: 'General', message: 'Unknown user' },
        },
      },
    },
  ],
  facts: { source: 'https://resend.com/docs/dashboard/webhooks; resend 6.38.0', checkedOn: '2026-11-25' },
}
