import type { Provider } from '#main/engine/catalog/provider.ts'

function sample(event: string, about: object) {
  return {
    signature: {
      timestamp: '1795165924',
      token: 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0',
      signature: 'd2271d12299f6592d9d44cd9d250f0704e4674c30d79d07c47a66f95ce71cf55',
    },
    'event-data': {
      event,
      id: 'CPgfbmQMTCKtHW6uIWtuVe',
      timestamp: 1795165924.521403,
      recipient: 'ada@example.com',
      domain: 'mg.example.com',
      message: {
        headers: {
          'message-id': '20261120091204.1.8D3B2@mg.example.com',
          subject: 'Your order',
          to: 'ada@example.com',
        },
      },
      ...about,
    },
  }
}

export const mailgun: Provider = {
  id: 'mailgun',
  name: 'Mailgun',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{timestamp}{nonce}',
    encoding: 'hex',
    signatureFormat: '{signature}',
    join: null,
    headers: [],
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
    fields: {
      signature: 'signature.signature',
      others: [
        ['signature.timestamp', 'timestamp'],
        ['signature.token', 'nonce'],
      ],
    },
  },
  recognition: { eventType: [{ json: 'event-data.event' }], messageId: [{ json: 'event-data.id' }] },
  policy: 'mailgun',
  eventTypes: [
    {
      name: 'delivered',
      description: 'A message reached the recipient’s mail server.',
      sample: sample('delivered', { 'delivery-status': { code: 250, message: 'OK', 'attempt-no': 1 } }),
    },
    {
      name: 'failed',
      description: 'A message could not be delivered.',
      sample: sample('failed', {
        severity: 'permanent',
        reason: 'bounce',
        'delivery-status': { code: 550, message: 'No such mailbox' },
      }),
    },
    {
      name: 'opened',
      description: 'A recipient opened a message.',
      sample: sample('opened', { ip: '192.0.2.7', geolocation: { country: 'AT', city: 'Graz' } }),
    },
    {
      name: 'clicked',
      description: 'A recipient followed a link of a message.',
      sample: sample('clicked', { url: 'https://shop.example.com/orders/1017', ip: '192.0.2.7' }),
    },
    {
      name: 'complained',
      description: 'A recipient marked a message as spam.',
      sample: sample('complained', { tags: ['orders'] }),
    },
  ],
  facts: {
    source: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
    checkedOn: '2026-11-21',
  },
}
