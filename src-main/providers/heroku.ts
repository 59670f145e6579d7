import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

function sample(resource: string, action: string, data: object) {
  return {
    id: '4d3a2b1c-0f9e-4d8c-8b7a-6f5e4d3c2b1a',
    action,
    resource,
    actor: { id: '5d0e8c7b-6a5f-4e3d-9c2b-1a0f9e8d7c6b', email: 'ada@example.com' },
    created_at: '2026-11-20T09:12:04.000Z',
    data: { app: { id: '01234567-89ab-4cde-8f01-23456789abcd', name: 'acme-shop' }, ...data },
    previous_data: {},
    sequence: null,
    version: 'application/vnd.heroku+json; version=3',
    webhook_metadata: {
      attempt: { id: 'a1b2c3d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d' },
      delivery: { id: 'b2c3d4e5-6f7a-4b8c-9d0e-1f2a3b4c5d6e' },
      event: { id: '4d3a2b1c-0f9e-4d8c-8b7a-6f5e4d3c2b1a', include: `api:${resource}` },
      webhook: { id: 'c3d4e5f6-7a8b-4c9d-8e0f-2a3b4c5d6e7f' },
    },
  }
}

export const heroku: Provider = {
  id: 'heroku',
  name: 'Heroku',
  signing: bodyHmac({ header: 'Heroku-Webhook-Hmac-SHA256', encoding: 'base64' }),
  recognition: { eventType: [{ json: 'webhook_metadata.event.include' }], messageId: [{ json: 'id' }] },
  eventTypes: [
    {
      name: 'api:release',
      description: 'A release came to be or changed.',
      sample: sample('release', 'update', { version: 42, status: 'succeeded', description: 'Deploy 1dc6aa69' }),
    },
    {
      name: 'api:build',
      description: 'A build began or ended.',
      sample: sample('build', 'update', {
        status: 'failed',
        slug: null,
        source_blob: { version: '1dc6aa69429bff4806ad6afe58d3d8f57e25973e' },
      }),
    },
    {
      name: 'dyno',
      description: 'A dyno changed its state.',
      sample: sample('dyno', 'update', { name: 'web.1', type: 'web', state: 'crashed', exit_status: 1 }),
    },
  ],
  facts: {
    source: 'https://devcenter.heroku.com/articles/app-webhooks, and receivers of it such as getsentry/sentry',
    checkedOn: '2026-11-25',
  },
}
