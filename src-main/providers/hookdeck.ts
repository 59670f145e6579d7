import type { Provider } from '#main/engine/catalog/provider.ts'

export const hookdeck: Provider = {
  id: 'hookdeck',
  name: 'Hookdeck',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{body}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['x-hookdeck-eventid', '{id}'],
      ['x-hookdeck-signature', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
  },
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'x-hookdeck-eventid' }] },
  eventTypes: [
    {
      name: 'order.created',
      description: 'An example; Hookdeck passes on what sources send.',
      sample: { id: 'ord_1017', type: 'order.created', total: 4900, currency: 'EUR' },
    },
  ],
  facts: { source: 'https://hookdeck.com/docs/authentication', checkedOn: '2026-11-21' },
}
