import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const bitbucket: Provider = {
  id: 'bitbucket',
  name: 'Bitbucket Cloud',
  signing: bodyHmac({
    header: 'X-Hub-Signature',
    prefix: 'sha256=',
    beside: [
      ['X-Event-Key', '{type}'],
      ['X-Request-UUID', '{id}'],
    ],
  }),
  recognition: { eventType: [{ header: 'X-Event-Key' }], messageId: [{ header: 'X-Request-UUID' }] },
  eventTypes: [
    {
      name: 'repo:push',
      description: 'Commits were pushed.',
      sample: {
        actor: { type: 'user', nickname: 'ada', display_name: 'Ada Marín' },
        repository: {
          type: 'repository',
          full_name: 'acme/shop',
          uuid: '{673a6070-3421-46c9-9d48-90745f7bfe8e}',
          links: { html: { href: 'https://bitbucket.org/acme/shop' } },
        },
        push: {
          changes: [
            {
              new: {
                type: 'branch',
                name: 'main',
                target: {
                  type: 'commit',
                  hash: '709d658dc5b6d6afcd46049c2f332ee3f515a67d',
                  message: 'Round totals half up\n',
                },
              },
              created: false,
              closed: false,
              forced: false,
            },
          ],
        },
      },
    },
    {
      name: 'pullrequest:created',
      description: 'A pull request was opened.',
      sample: {
        actor: { type: 'user', nickname: 'ada', display_name: 'Ada Marín' },
        repository: {
          type: 'repository',
          full_name: 'acme/shop',
          uuid: '{673a6070-3421-46c9-9d48-90745f7bfe8e}',
          links: { html: { href: 'https://bitbucket.org/acme/shop' } },
        },
        pullrequest: {
          id: 1,
          title: 'Round totals half up',
          state: 'OPEN',
          source: { branch: { name: 'rounding' } },
          destination: { branch: { name: 'main' } },
        },
      },
    },
  ],
  facts: {
    source: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks',
    checkedOn: '2026-11-21',
    unconfirmed: 'The signature; no official verifier was at hand.',
  },
}
