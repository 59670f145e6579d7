import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const intercom: Provider = {
  id: 'intercom',
  name: 'Intercom',
  signing: bodyHmac({ header: 'X-Hub-Signature', prefix: 'sha1=', algorithm: 'hmac-sha1' }),
  recognition: { eventType: [{ json: 'topic' }], messageId: [{ json: 'id' }] },
  policy: 'intercom',
  eventTypes: [
    {
      name: 'conversation.user.created',
      description: 'A customer began a conversation.',
      sample: {
        type: 'notification_event',
        app_id: 'a1b2c3d4',
        id: 'notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3',
        created_at: 1795165924,
        topic: 'conversation.user.created',
        delivery_attempts: 1,
        data: {
          type: 'notification_event_data',
          item: {
            type: 'conversation',
            id: '1122334455',
            state: 'open',
            source: {
              type: 'conversation',
              body: '<p>Is the teapot back?</p>',
              author: { type: 'user', id: '5310d8e7598c9a0b24000002', email: 'ada@example.com' },
            },
          },
        },
      },
    },
    {
      name: 'contact.created',
      description: 'A contact came to be.',
      sample: {
        type: 'notification_event',
        app_id: 'a1b2c3d4',
        id: 'notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3',
        created_at: 1795165924,
        topic: 'contact.created',
        delivery_attempts: 1,
        data: {
          type: 'notification_event_data',
          item: {
            type: 'contact',
            id: '5310d8e7598c9a0b24000002',
            role: 'user',
            email: 'ada@example.com',
            name: 'Ada Marín',
          },
        },
      },
    },
  ],
  facts: {
    source: 'https://developers.intercom.com/docs/webhooks; hookdeck/webhook-skills',
    checkedOn: '2026-11-21',
    unconfirmed: 'The signature, known from a secondary source.',
  },
}
