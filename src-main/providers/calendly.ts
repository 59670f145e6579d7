import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

export const calendly: Provider = {
  id: 'calendly',
  name: 'Calendly',
  signing: stampedHmac({ header: 'Calendly-Webhook-Signature', pastMs: 180_000 }),
  recognition: { eventType: [{ json: 'event' }], messageId: [] },
  eventTypes: [
    {
      name: 'invitee.created',
      description: 'Someone booked a time.',
      sample: {
        event: 'invitee.created',
        created_at: '2026-11-20T09:12:04.000000Z',
        created_by: 'https://api.calendly.com/users/AAAAAAAAAAAAAAAA',
        payload: {
          uri: 'https://api.calendly.com/scheduled_events/GBGBDCAADAEDCRZ2/invitees/AAAAAAAAAAAAAAAA',
          email: 'ada@example.com',
          name: 'Ada Marín',
          status: 'active',
          timezone: 'Europe/Vienna',
          scheduled_event: {
            name: 'Tea tasting',
            start_time: '2026-11-24T14:00:00.000000Z',
            end_time: '2026-11-24T14:30:00.000000Z',
          },
        },
      },
    },
    {
      name: 'invitee.canceled',
      description: 'Someone called a booking off.',
      sample: {
        event: 'invitee.canceled',
        created_at: '2026-11-20T09:12:04.000000Z',
        payload: {
          uri: 'https://api.calendly.com/scheduled_events/GBGBDCAADAEDCRZ2/invitees/AAAAAAAAAAAAAAAA',
          email: 'ada@example.com',
          status: 'canceled',
          cancellation: { canceled_by: 'Ada Marín', reason: 'Ill', canceler_type: 'invitee' },
        },
      },
    },
  ],
  facts: {
    source: 'https://developer.calendly.com/api-docs/webhook-signatures',
    checkedOn: '2026-11-25',
    unconfirmed:
      'The signature, known from many receivers of it; no official verifier was at hand. Receivers choose the tolerance.',
  },
}
