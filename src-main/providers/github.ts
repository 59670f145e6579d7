import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const github: Provider = {
  id: 'github',
  name: 'GitHub',
  signing: bodyHmac({
    header: 'X-Hub-Signature-256',
    prefix: 'sha256=',
    beside: [
      ['X-GitHub-Event', '{type}'],
      ['X-GitHub-Delivery', '{id}'],
    ],
    also: [bodyHmac({ header: 'X-Hub-Signature', prefix: 'sha1=', algorithm: 'hmac-sha1' })],
  }),
  recognition: { eventType: [{ header: 'X-GitHub-Event' }], messageId: [{ header: 'X-GitHub-Delivery' }] },
  policy: 'github',
  eventTypes: [
    {
      name: 'ping',
      description: 'The first message to a new webhook.',
      sample: {
        zen: 'Keep it logically awesome.',
        hook_id: 109948940,
        hook: {
          type: 'Repository',
          id: 109948940,
          active: true,
          events: ['push'],
          config: { content_type: 'json', url: 'https://hooks.example.com/github', insecure_ssl: '0' },
        },
        repository: {
          id: 186853002,
          full_name: 'acme/shop',
          private: false,
          html_url: 'https://github.com/acme/shop',
          default_branch: 'main',
          owner: { login: 'acme', id: 21031067, type: 'Organization' },
        },
        sender: { login: 'ada', id: 21031067, type: 'User' },
      },
    },
    {
      name: 'push',
      description: 'Commits or tags were pushed.',
      sample: {
        ref: 'refs/heads/main',
        before: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
        after: '0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c',
        created: false,
        deleted: false,
        forced: false,
        repository: {
          id: 186853002,
          full_name: 'acme/shop',
          private: false,
          html_url: 'https://github.com/acme/shop',
          default_branch: 'main',
          owner: { login: 'acme', id: 21031067, type: 'Organization' },
        },
        pusher: { name: 'ada', email: 'ada@example.com' },
        sender: { login: 'ada', id: 21031067, type: 'User' },
        commits: [
          {
            id: '0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c',
            message: 'Round totals half up',
            timestamp: '2026-11-20T10:12:04+01:00',
            author: { name: 'Ada Marín', email: 'ada@example.com', username: 'ada' },
            added: [],
            removed: [],
            modified: ['src/total.ts'],
          },
        ],
      },
    },
    {
      name: 'issues',
      description: 'An issue was opened, edited, closed or otherwise changed.',
      sample: {
        action: 'opened',
        issue: {
          id: 444500041,
          number: 17,
          title: 'Total is off by a cent',
          state: 'open',
          html_url: 'https://github.com/acme/shop/issues/17',
          user: { login: 'ada', id: 21031067, type: 'User' },
          labels: [{ name: 'bug' }],
          body: 'See the attached order.',
        },
        repository: {
          id: 186853002,
          full_name: 'acme/shop',
          private: false,
          html_url: 'https://github.com/acme/shop',
          default_branch: 'main',
          owner: { login: 'acme', id: 21031067, type: 'Organization' },
        },
        sender: { login: 'ada', id: 21031067, type: 'User' },
      },
    },
    {
      name: 'pull_request',
      description: 'A pull request was opened, closed, reviewed or otherwise changed.',
      sample: {
        action: 'opened',
        number: 18,
        pull_request: {
          id: 279147437,
          number: 18,
          state: 'open',
          title: 'Round totals half up',
          merged: false,
          user: { login: 'ada', id: 21031067, type: 'User' },
          head: { ref: 'rounding', sha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821' },
          base: { ref: 'main', sha: '6113728f27ae82c7b1a177c8d03f9e96e0adf246' },
        },
        repository: {
          id: 186853002,
          full_name: 'acme/shop',
          private: false,
          html_url: 'https://github.com/acme/shop',
          default_branch: 'main',
          owner: { login: 'acme', id: 21031067, type: 'Organization' },
        },
        sender: { login: 'ada', id: 21031067, type: 'User' },
      },
    },
  ],
  facts: {
    source:
      'https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries; @octokit/webhooks-methods 6.0.0',
    checkedOn: '2026-11-25',
  },
}
