import type { Provider } from '#main/engine/catalog/provider.ts'
import { standardWebhooksScheme } from './schemes/standard-webhooks.ts'

export const svix: Provider = {
  id: 'svix',
  name: 'Svix',
  signing: { ...standardWebhooksScheme('svix'), also: [standardWebhooksScheme()] },
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'svix-id' }, { header: 'webhook-id' }] },
  policy: 'svix',
  resend:
    'The endpoint’s page in the sender’s webhook portal → Replay → recover failed messages, or replay missing ones, since a time.',
  eventTypes: [
    {
      name: 'invoice.paid',
      description: 'A message that an application sends through Svix.',
      sample: { type: 'invoice.paid', id: 'inv_4Kd92ma', status: 'paid', total: '49.00', currency: 'EUR' },
    },
    {
      name: 'message.attempt.exhausted',
      description: 'Svix gave up on a message after its last try.',
      sample: {
        type: 'message.attempt.exhausted',
        data: {
          appId: 'app_1srOrx2ZWZBpBUvZwXKQmoEYga2',
          endpointId: 'ep_1srOrx2ZWZBpBUvZwXKQmoEYga2',
          msgId: 'msg_1srOrx2ZWZBpBUvZwXKQmoEYga2',
          lastAttempt: {
            id: 'atmpt_1srOrx2ZWZBpBUvZwXKQmoEYga2',
            responseStatusCode: 500,
            timestamp: '2026-11-20T09:12:04.000Z',
          },
        },
      },
    },
  ],
  facts: { source: 'https://github.com/svix/svix-webhooks', checkedOn: '2026-11-25' },
}
