import type { Provider } from '#main/engine/catalog/provider.ts'

export const sendgrid: Provider = {
  id: 'sendgrid',
  name: 'SendGrid Event Webhook',
  signing: {
    algorithm: 'ecdsa-p256',
    key: { asymmetric: { privatePrefix: '', publicPrefix: '' } },
    timestamp: 's',
    signedContent: '{timestamp}{body}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['X-Twilio-Email-Event-Webhook-Signature', '{signatures}'],
      ['X-Twilio-Email-Event-Webhook-Timestamp', '{timestamp}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'pem' },
  },
  recognition: { eventType: [{ json: '0.event' }], messageId: [{ json: '0.sg_event_id' }] },
  eventTypes: [
    {
      name: 'delivered',
      description: 'Messages reached the recipients’ mail servers; SendGrid sends batches.',
      sample: [
        {
          email: 'ada@example.com',
          timestamp: 1795165924,
          'smtp-id': '<14c5d75ce93.dfd.64b469@ismtpd-555>',
          event: 'delivered',
          sg_event_id: 'ZGVsaXZlcmVkLTAtMTc5',
          sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
          response: '250 OK',
        },
      ],
    },
    {
      name: 'bounce',
      description: 'A mail server refused a message.',
      sample: [
        {
          email: 'nobody@example.com',
          timestamp: 1795165924,
          event: 'bounce',
          sg_event_id: 'Ym91bmNlLTAtMTc5',
          sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.1',
          reason: '550 5.1.1 unknown user',
          status: '5.1.1',
          type: 'bounce',
        },
      ],
    },
  ],
  facts: {
    source:
      'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features; @sendgrid/eventwebhook 8.0.0',
    checkedOn: '2026-11-25',
  },
}
