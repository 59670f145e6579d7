import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const pusher: Provider = {
  id: 'pusher',
  name: 'Pusher Channels',
  signing: bodyHmac({ header: 'X-Pusher-Signature', newSecret: { prefix: '', bytes: 16, encoding: 'hex' } }),
  recognition: { eventType: [{ json: 'events.0.name' }], messageId: [] },
  policy: 'pusher',
  eventTypes: [
    {
      name: 'channel_occupied',
      description: 'A channel got its first subscriber.',
      sample: { time_ms: 1795165924000, events: [{ name: 'channel_occupied', channel: 'orders' }] },
    },
    {
      name: 'member_added',
      description: 'Someone joined a presence channel.',
      sample: { time_ms: 1795165924000, events: [{ name: 'member_added', channel: 'presence-shop', user_id: 'ada' }] },
    },
  ],
  facts: { source: 'https://pusher.com/docs/channels/server_api/webhooks; pusher 5.3.4', checkedOn: '2026-11-25' },
}
