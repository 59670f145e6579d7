import type { Provider } from '#main/engine/catalog/provider.ts'

export const twilio: Provider = {
  id: 'twilio',
  name: 'Twilio',
  signing: {
    algorithm: 'hmac-sha1',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{url}{form}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['I-Twilio-Idempotency-Token', '{id}'],
      ['X-Twilio-Signature', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
    url: { anyPort: true, bodyHash: 'bodySHA256' },
  },
  recognition: {
    eventType: [],
    // MessageSid and CallSid are the same in every status that follows: they name the message, not the request.
    messageId: [{ header: 'I-Twilio-Idempotency-Token' }, { form: 'SmsMessageSid' }],
  },
  policy: 'twilio',
  bodyFormat: 'form',
  eventTypes: [
    {
      name: 'message.received',
      description: 'A text message came in; Twilio sends it as a form, shown here as JSON.',
      sample: {
        ToCountry: 'AT',
        SmsMessageSid: 'SM2f2a1d4c8f7b4d55a0f6d3a9e1b2c3d4',
        NumMedia: '0',
        FromCity: '',
        SmsStatus: 'received',
        Body: 'Is the teapot back?',
        To: '+15558675310',
        From: '+15017122661',
        AccountSid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        ApiVersion: '2010-04-01',
      },
    },
    {
      name: 'message.status',
      description: 'A text message changed its status.',
      sample: {
        MessageSid: 'SM2f2a1d4c8f7b4d55a0f6d3a9e1b2c3d4',
        MessageStatus: 'delivered',
        To: '+15558675310',
        From: '+15017122661',
        AccountSid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      },
    },
    {
      name: 'call.status',
      description: 'A call changed its status.',
      sample: {
        CallSid: 'CA2f2a1d4c8f7b4d55a0f6d3a9e1b2c3d4',
        CallStatus: 'completed',
        CallDuration: '42',
        Direction: 'inbound',
        To: '+15558675310',
        From: '+15017122661',
        AccountSid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      },
    },
  ],
  facts: {
    source: 'https://www.twilio.com/docs/usage/security; twilio 6.2.0',
    checkedOn: '2026-11-25',
    unconfirmed: 'The header I-Twilio-Idempotency-Token.',
  },
}
