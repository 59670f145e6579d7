import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

const member = {
  _id: '548f6741c1efad40031b18ae',
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Marín',
}

export const launchdarkly: Provider = {
  id: 'launchdarkly',
  name: 'LaunchDarkly',
  signing: bodyHmac({ header: 'X-LD-Signature' }),
  recognition: { eventType: [{ json: 'kind' }], messageId: [{ json: '_id' }] },
  eventTypes: [
    {
      name: 'flag',
      description: 'A feature flag changed.',
      sample: {
        _id: '57c0a8e29969090743529965',
        date: 1795165924000,
        kind: 'flag',
        name: 'New checkout',
        description: '- Turned on the flag in *Production*',
        titleVerb: 'turned on the flag',
        title: '[Ada Marín] turned on the flag [New checkout] in *Production*',
        accesses: [{ action: 'updateOn', resource: 'proj/shop:env/production:flag/new-checkout' }],
        member,
        target: { name: 'New checkout', resources: ['proj/shop:env/production:flag/new-checkout'] },
      },
    },
    {
      name: 'environment',
      description: 'An environment changed.',
      sample: {
        _id: '57c0a8e29969090743529966',
        date: 1795165924000,
        kind: 'environment',
        name: 'Testing',
        description: '- Changed the name from ~~Test~~ to *Testing*',
        accesses: [{ action: 'updateName', resource: 'proj/shop:env/test' }],
        member,
      },
    },
  ],
  facts: {
    source: 'https://launchdarkly.com/docs/api/webhooks, and receivers of it such as getsentry/sentry',
    checkedOn: '2026-11-25',
  },
}
