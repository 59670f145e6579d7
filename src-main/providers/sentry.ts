import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const sentry: Provider = {
  id: 'sentry',
  name: 'Sentry',
  signing: bodyHmac({
    header: 'Sentry-Hook-Signature',
    beside: [
      ['Sentry-Hook-Resource', '{type}'],
      ['Sentry-Hook-Timestamp', '{timestamp}'],
      ['Request-ID', '{id}'],
    ],
  }),
  recognition: { eventType: [{ header: 'Sentry-Hook-Resource' }], messageId: [{ header: 'Request-ID' }] },
  policy: 'sentry',
  eventTypes: [
    {
      name: 'issue',
      description: 'An issue was created, resolved, assigned or archived.',
      sample: {
        action: 'created',
        installation: { uuid: '7a485448-a9e2-4c85-8a3c-4f44175783c9' },
        data: {
          issue: {
            id: '1170820242',
            shortId: 'SHOP-1',
            title: 'TypeError: total is not a number',
            level: 'error',
            status: 'unresolved',
            project: { id: '1', name: 'shop', slug: 'shop' },
          },
        },
        actor: { type: 'application', id: 'sentry', name: 'Sentry' },
      },
    },
    {
      name: 'event_alert',
      description: 'An alert rule fired.',
      sample: {
        action: 'triggered',
        installation: { uuid: '7a485448-a9e2-4c85-8a3c-4f44175783c9' },
        data: {
          triggered_rule: 'Many errors in checkout',
          event: {
            event_id: 'e4874d664c3540c1a32eab185f12c5ab',
            level: 'error',
            platform: 'javascript',
            title: 'TypeError: total is not a number',
          },
        },
        actor: { type: 'application', id: 'sentry', name: 'Sentry' },
      },
    },
  ],
  facts: {
    source: 'https://docs.sentry.io/organization/integrations/integration-platform/webhooks',
    checkedOn: '2026-11-25',
  },
}
