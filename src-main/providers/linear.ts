import type { Provider } from '#main/engine/catalog/provider.ts'

export const linear: Provider = {
  id: 'linear',
  name: 'Linear',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 'ms',
    signedContent: '{body}',
    encoding: 'hex',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['Linear-Delivery', '{id}'],
      ['Linear-Event', '{type}'],
      ['Linear-Signature', '{signatures}'],
    ],
    newSecret: { prefix: 'lin_wh_', bytes: 20, encoding: 'hex' },
    tolerance: { pastMs: 60000, futureMs: 60000 },
    timestampField: 'webhookTimestamp',
  },
  recognition: {
    eventType: [{ header: 'Linear-Event' }, { json: 'type' }],
    messageId: [{ header: 'Linear-Delivery' }],
  },
  policy: 'linear',
  eventTypes: [
    {
      name: 'Issue',
      description: 'An issue was made, changed or removed.',
      sample: {
        action: 'create',
        type: 'Issue',
        createdAt: '2026-11-20T09:12:04.000Z',
        url: 'https://linear.app/acme/issue/ENG-17',
        data: {
          id: '2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9',
          identifier: 'ENG-17',
          title: 'Total is off by a cent',
          priority: 2,
          teamId: '72b2a2dc-6f4f-4423-9d34-24b5bd10634a',
        },
        organizationId: 'a9de3f6b-1e2d-4c5b-8a7f-6e5d4c3b2a10',
        webhookTimestamp: 1795165924000,
        webhookId: '000042e3-d123-4980-b49f-8e140eef9329',
      },
    },
    {
      name: 'Comment',
      description: 'A comment was made, changed or removed.',
      sample: {
        action: 'create',
        type: 'Comment',
        createdAt: '2026-11-20T09:12:04.000Z',
        data: {
          id: '4174add1-f7c8-44e3-bbf3-2d60b5ea8bc1',
          body: 'Rounding, I think.',
          issueId: '2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9',
          userId: 'aacdca22-6266-4c0a-ab3c-8fa70a26765c',
        },
        webhookTimestamp: 1795165924000,
        webhookId: '000042e3-d123-4980-b49f-8e140eef9329',
      },
    },
  ],
  facts: { source: 'https://linear.app/developers/webhooks; @linear/sdk 98.0.0', checkedOn: '2026-11-25' },
}
