import type { Provider } from '#main/engine/catalog/provider.ts'

export const microsoftGraph: Provider = {
  id: 'microsoft-graph',
  name: 'Microsoft Graph',
  signing: null,
  recognition: {
    eventType: [{ json: 'value.0.lifecycleEvent' }, { json: 'value.0.changeType' }],
    messageId: [{ json: 'value.0.id' }],
  },
  handshakes: [
    {
      method: 'POST',
      says: [{ at: { query: 'validationToken' } }],
      answer: { status: 200, body: { text: { query: 'validationToken' } } },
    },
  ],
  eventTypes: [
    {
      name: 'created',
      description: 'Something that a subscription watches came to be.',
      sample: {
        value: [
          {
            id: 'lsgTZMr9KwAAA',
            subscriptionId: '76222963-cc7b-42d2-882d-8aaa69cb2ba3',
            subscriptionExpirationDateTime: '2026-11-22T18:23:45.9356913Z',
            clientState: 'orders',
            changeType: 'created',
            resource: "Users/ada@example.com/Messages('AAMkAGUwNjQ4')",
            tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
            resourceData: { '@odata.type': '#Microsoft.Graph.Message', id: 'AAMkAGUwNjQ4' },
          },
        ],
      },
    },
    {
      name: 'reauthorizationRequired',
      description: 'The access behind a subscription must be renewed.',
      sample: {
        value: [
          {
            subscriptionId: '76222963-cc7b-42d2-882d-8aaa69cb2ba3',
            subscriptionExpirationDateTime: '2026-11-22T18:23:45.9356913Z',
            tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
            clientState: 'orders',
            lifecycleEvent: 'reauthorizationRequired',
          },
        ],
      },
    },
  ],
  facts: {
    source: 'https://learn.microsoft.com/graph/api/resources/changenotification',
    checkedOn: '2026-11-21',
    unconfirmed: 'That each notification has an id, which the documentation calls optional.',
  },
}
