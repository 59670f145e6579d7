import type { Provider } from '#main/engine/catalog/provider.ts'

export const cloudevents: Provider = {
  id: 'cloudevents',
  name: 'CloudEvents',
  // The specification leaves proof to the authorization of the connection.
  signing: null,
  recognition: {
    eventType: [{ header: 'ce-type' }, { json: 'type' }],
    messageId: [{ header: 'ce-id' }, { json: 'id' }],
  },
  handshakes: [
    {
      method: 'OPTIONS',
      says: [{ at: { header: 'WebHook-Request-Origin' } }],
      answer: {
        status: 200,
        headers: [
          ['Allow', 'POST'],
          ['WebHook-Allowed-Origin', { header: 'WebHook-Request-Origin' }],
          ['WebHook-Allowed-Rate', { header: 'WebHook-Request-Rate' }],
        ],
      },
    },
  ],
  eventTypes: [
    {
      name: 'com.example.order.paid',
      description: 'An example in the structured form, where the envelope is the body.',
      sample: {
        specversion: '1.0',
        type: 'com.example.order.paid',
        source: '/shop/orders',
        id: 'A234-1234-1234',
        time: '2026-11-20T09:12:04Z',
        datacontenttype: 'application/json',
        data: { orderId: 1001, total: '24.90' },
      },
    },
  ],
  facts: {
    source: 'https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md',
    checkedOn: '2026-11-21',
    unconfirmed: 'Permission by the callback that a sender may name, which is left to a person.',
  },
}
