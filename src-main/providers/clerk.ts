import type { Provider } from '#main/engine/catalog/provider.ts'
import { standardWebhooksScheme } from './schemes/standard-webhooks.ts'

export const clerk: Provider = {
  id: 'clerk',
  name: 'Clerk',
  signing: standardWebhooksScheme('svix'),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'svix-id' }, { header: 'webhook-id' }] },
  eventTypes: [
    {
      name: 'user.created',
      description: 'Someone signed up.',
      sample: {
        object: 'event',
        type: 'user.created',
        timestamp: 1795165924000,
        data: {
          id: 'user_29w83sxmDNGwOuEthce5gg56FcC',
          object: 'user',
          first_name: 'Ada',
          last_name: 'Marín',
          email_addresses: [{ id: 'idn_29w83yL7CwVlJXylYLxcslromF1', email_address: 'ada@example.com' }],
        },
      },
    },
    {
      name: 'session.created',
      description: 'Someone signed in.',
      sample: {
        object: 'event',
        type: 'session.created',
        timestamp: 1795165924000,
        data: { id: 'sess_2f7Lb1', object: 'session', status: 'active', user_id: 'user_29w83sxmDNGwOuEthce5gg56FcC' },
      },
    },
  ],
  facts: { source: 'https://clerk.com/docs/webhooks/overview; @clerk/backend 3.25.0', checkedOn: '2026-11-25' },
}
