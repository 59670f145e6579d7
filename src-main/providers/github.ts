import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

const repository = {
  id: 186853002,
  full_name: 'acme/shop',
  private: false,
  html_url: 'https://github.com/acme/shop',
  default_branch: 'main',
  owner: { login: 'acme', id: 21031067, type: 'Organization' },
}
const sender = { login: 'ada', id: 21031068, type: 'User' }

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
  resend:
    'Settings → Webhooks → this hook → Recent Deliveries → Redeliver. GitHub keeps deliveries for about 3 days and never sends again by itself.',
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
        repository,
        sender,
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
        repository,
        pusher: { name: 'ada', email: 'ada@example.com' },
        sender,
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
          user: sender,
          labels: [{ name: 'bug' }],
          body: 'See the attached order.',
        },
        repository,
        sender,
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
          user: sender,
          head: { ref: 'rounding', sha: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821' },
          base: { ref: 'main', sha: '6113728f27ae82c7b1a177c8d03f9e96e0adf246' },
        },
        repository,
        sender,
      },
    },
    {
      name: 'issue_comment',
      description: 'Someone wrote below an issue or a pull request, or changed what was written.',
      sample: {
        action: 'created',
        issue: { id: 444500041, number: 17, title: 'Total is off by a cent', state: 'open', user: sender },
        comment: { id: 492700400, user: sender, body: 'Rounding, I think.', created_at: '2026-11-20T09:12:04Z' },
        repository,
        sender,
      },
    },
    {
      name: 'pull_request_review',
      description: 'Someone reviewed a pull request.',
      sample: {
        action: 'submitted',
        review: { id: 237895671, user: sender, state: 'approved', body: 'Good.', submitted_at: '2026-11-20T09:12:04Z' },
        pull_request: { id: 279147437, number: 18, state: 'open', title: 'Round totals half up' },
        repository,
        sender,
      },
    },
    {
      name: 'release',
      description: 'A release was published, changed or removed.',
      sample: {
        action: 'published',
        release: {
          id: 17372790,
          tag_name: 'v1.4.0',
          name: 'Half up',
          draft: false,
          prerelease: false,
          author: sender,
          published_at: '2026-11-20T09:12:04Z',
          body: 'Totals are rounded half up.',
        },
        repository,
        sender,
      },
    },
    {
      name: 'workflow_run',
      description: 'A workflow was asked for, began or ended.',
      sample: {
        action: 'completed',
        workflow: { id: 5822000, name: 'Test', path: '.github/workflows/test.yml' },
        workflow_run: {
          id: 289782451,
          name: 'Test',
          run_number: 42,
          event: 'push',
          status: 'completed',
          conclusion: 'failure',
          head_branch: 'main',
          head_sha: '0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c',
        },
        repository,
        sender,
      },
    },
    {
      name: 'installation',
      description: 'An app was installed, suspended or removed.',
      sample: {
        action: 'created',
        installation: { id: 957387, account: repository.owner, repository_selection: 'all', app_id: 29310 },
        sender,
      },
    },
  ],
  facts: {
    source:
      'https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries; @octokit/webhooks-methods 6.0.0',
    checkedOn: '2026-11-25',
  },
}
