import type { Provider } from '#main/engine/catalog/provider.ts'

export const webflow: Provider = {
  id: 'webflow',
  name: 'Webflow',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 'ms',
    signedContent: '{timestamp}:{body}',
    encoding: 'hex',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['x-webflow-timestamp', '{timestamp}'],
      ['x-webflow-signature', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
    tolerance: { pastMs: 300000, futureMs: null },
  },
  recognition: { eventType: [{ json: 'triggerType' }], messageId: [{ json: 'payload.id' }] },
  policy: 'webflow',
  eventTypes: [
    {
      name: 'form_submission',
      description: 'Someone sent a form of the site.',
      sample: {
        triggerType: 'form_submission',
        payload: {
          name: 'Contact',
          siteId: '65427cf400e02b306eaa049c',
          data: { Email: 'ada@example.com', Message: 'Is the teapot back?' },
          submittedAt: '2026-11-20T09:12:04.000Z',
          id: '6321ca84df3949bfc6752327',
        },
      },
    },
    {
      name: 'site_publish',
      description: 'A site was published.',
      sample: {
        triggerType: 'site_publish',
        payload: {
          domains: ['shop.example.com'],
          siteId: '65427cf400e02b306eaa049c',
          publishedOn: '2026-11-20T09:12:04.000Z',
        },
      },
    },
  ],
  facts: {
    source: 'https://developers.webflow.com/data/docs/working-with-webhooks; webflow-api 3.3.4',
    checkedOn: '2026-11-25',
    unconfirmed: 'The tolerance, which the documentation recommends and webflow-api leaves to the receiver.',
  },
}
