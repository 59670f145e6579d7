import type { Provider } from '#main/engine/catalog/provider.ts'

export const plivo: Provider = {
  id: 'plivo',
  name: 'Plivo',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{url}{form.all}.{nonce}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: ',',
    headers: [
      ['X-Plivo-Signature-V3-Nonce', '{nonce}'],
      ['X-Plivo-Signature-V3', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 20, encoding: 'hex' },
    url: { sortedQuery: true },
  },
  recognition: {
    eventType: [{ form: 'Event' }, { form: 'Status' }],
    messageId: [{ form: 'MessageUUID' }, { form: 'CallUUID' }],
  },
  bodyFormat: 'form',
  eventTypes: [
    {
      name: 'call.status',
      description: 'A call changed its status; Plivo sends it as a form, shown here as JSON.',
      sample: {
        CallUUID: '2d3b1a7e-e2a1-4c55-8b63-9c1d2f3a4b5c',
        From: '15017122661',
        To: '15558675310',
        Direction: 'inbound',
        CallStatus: 'completed',
        Event: 'Hangup',
        Duration: '42',
      },
    },
    {
      name: 'message.status',
      description: 'A text message changed its status.',
      sample: {
        MessageUUID: 'db3ce55a-7f1d-11e1-8ea7-1231380bc196',
        From: '15017122661',
        To: '15558675310',
        Status: 'delivered',
      },
    },
  ],
  facts: {
    source: 'https://www.plivo.com/docs/voice/concepts/signature-validation; plivo 4.79.0',
    checkedOn: '2026-11-25',
  },
}
