import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const vercel: Provider = {
  id: 'vercel',
  name: 'Vercel',
  signing: bodyHmac({ header: 'x-vercel-signature', algorithm: 'hmac-sha1' }),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ json: 'id' }] },
  eventTypes: [
    {
      name: 'deployment.succeeded',
      description: 'A deployment is live.',
      sample: {
        id: 'uev_81kd72ma',
        type: 'deployment.succeeded',
        createdAt: 1795165924000,
        region: 'fra1',
        payload: {
          deployment: { id: 'dpl_C8fgTqh1', name: 'shop', url: 'shop-ix3kq.vercel.app' },
          project: { id: 'prj_9sT1' },
          target: 'production',
          team: { id: 'team_7Kd9' },
        },
      },
    },
    {
      name: 'deployment.error',
      description: 'A deployment failed.',
      sample: {
        id: 'uev_81kd72mb',
        type: 'deployment.error',
        createdAt: 1795165924000,
        region: 'fra1',
        payload: {
          deployment: { id: 'dpl_C8fgTqh2', name: 'shop', url: 'shop-ix3kr.vercel.app' },
          project: { id: 'prj_9sT1' },
          team: { id: 'team_7Kd9' },
        },
      },
    },
  ],
  facts: { source: 'https://vercel.com/docs/webhooks/webhooks-api; hookdeck/webhook-skills', checkedOn: '2026-11-25' },
}
