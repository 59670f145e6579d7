import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

export const workos: Provider = {
  id: 'workos',
  name: 'WorkOS',
  signing: stampedHmac({
    header: 'workos-signature',
    join: ', ',
    timestamp: 'ms',
    newSecret: { prefix: '', bytes: 24, encoding: 'hex' },
    pastMs: 180_000,
  }),
  recognition: { eventType: [{ json: 'event' }], messageId: [{ json: 'id' }] },
  eventTypes: [
    {
      name: 'user.created',
      description: 'Someone signed up.',
      sample: {
        id: 'event_01HV8X29KZ0T586XY6ZN1A62NY',
        event: 'user.created',
        created_at: '2026-11-20T09:12:04.000Z',
        data: {
          object: 'user',
          id: 'user_01E4ZCR3C56J083X43JQXF3JK5',
          email: 'ada@example.com',
          first_name: 'Ada',
          last_name: 'Marín',
          email_verified: true,
        },
      },
    },
    {
      name: 'dsync.user.updated',
      description: 'A directory changed a user.',
      sample: {
        id: 'event_01HV8X29KZ0T586XY6ZN1A62NZ',
        event: 'dsync.user.updated',
        created_at: '2026-11-20T09:12:04.000Z',
        data: {
          object: 'directory_user',
          id: 'directory_user_01E1X1B89NH8Z3SDFJR4H7RGX7',
          directory_id: 'directory_01ECAZ4NV9QMV47GW873HDCX74',
          state: 'active',
          email: 'ada@example.com',
        },
      },
    },
  ],
  facts: {
    source: 'https://workos.com/docs/events/data-syncing/webhooks; @workos-inc/node 11.0.0',
    checkedOn: '2026-11-25',
  },
}
