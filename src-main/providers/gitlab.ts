import type { Provider } from '#main/engine/catalog/provider.ts'

export const gitlab: Provider = {
  id: 'gitlab',
  name: 'GitLab',
  signing: {
    algorithm: 'token',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{body}',
    encoding: 'hex',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['X-Gitlab-Event', '{type}'],
      ['X-Gitlab-Event-UUID', '{id}'],
      ['X-Gitlab-Token', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
  },
  recognition: { eventType: [{ header: 'X-Gitlab-Event' }], messageId: [{ header: 'X-Gitlab-Event-UUID' }] },
  policy: 'gitlab',
  eventTypes: [
    {
      name: 'Push Hook',
      description: 'Commits were pushed.',
      sample: {
        object_kind: 'push',
        project: {
          id: 15,
          name: 'shop',
          web_url: 'https://gitlab.com/acme/shop',
          path_with_namespace: 'acme/shop',
          default_branch: 'main',
        },
        event_name: 'push',
        before: '95790bf891e76fee5e1747ab589903a6a1f80f22',
        after: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
        ref: 'refs/heads/main',
        user_name: 'Ada Marín',
        total_commits_count: 1,
        commits: [
          {
            id: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
            message: 'Round totals half up',
            timestamp: '2026-11-20T10:12:04+01:00',
            author: { name: 'Ada Marín', email: 'ada@example.com' },
          },
        ],
      },
    },
    {
      name: 'Merge Request Hook',
      description: 'A merge request was opened, changed, merged or closed.',
      sample: {
        object_kind: 'merge_request',
        project: {
          id: 15,
          name: 'shop',
          web_url: 'https://gitlab.com/acme/shop',
          path_with_namespace: 'acme/shop',
          default_branch: 'main',
        },
        event_type: 'merge_request',
        user: { name: 'Ada Marín', username: 'ada' },
        object_attributes: {
          id: 99,
          iid: 1,
          title: 'Round totals half up',
          state: 'opened',
          action: 'open',
          source_branch: 'rounding',
          target_branch: 'main',
        },
      },
    },
    {
      name: 'Pipeline Hook',
      description: 'A pipeline changed its status.',
      sample: {
        object_kind: 'pipeline',
        project: {
          id: 15,
          name: 'shop',
          web_url: 'https://gitlab.com/acme/shop',
          path_with_namespace: 'acme/shop',
          default_branch: 'main',
        },
        object_attributes: {
          id: 31,
          ref: 'main',
          sha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
          status: 'success',
          duration: 63,
        },
      },
    },
  ],
  facts: {
    source: 'https://docs.gitlab.com/user/project/integrations/webhooks; hookdeck/webhook-skills',
    checkedOn: '2026-11-21',
  },
}
