import type { Provider } from '#main/engine/catalog/provider.ts'

export const telnyx: Provider = {
  id: 'telnyx',
  name: 'Telnyx',
  signing: {
    algorithm: 'ed25519',
    key: { asymmetric: { privatePrefix: '', publicPrefix: '' } },
    timestamp: 's',
    signedContent: '{timestamp}|{body}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['telnyx-signature-ed25519', '{signatures}'],
      ['telnyx-timestamp', '{timestamp}'],
    ],
    newSecret: { prefix: '', bytes: 64, encoding: 'base64' },
    tolerance: { pastMs: 300_000, futureMs: null },
  },
  recognition: { eventType: [{ json: 'data.event_type' }], messageId: [{ json: 'data.id' }] },
  eventTypes: [
    {
      name: 'message.received',
      description: 'A text message came in.',
      sample: {
        data: {
          event_type: 'message.received',
          id: 'b301ed3f-1490-491f-995f-6e64e69674d4',
          occurred_at: '2026-11-20T09:12:04.000+00:00',
          record_type: 'event',
          payload: {
            id: '84cca175-9755-4859-b67f-4730d7f58aa3',
            direction: 'inbound',
            text: 'Is the teapot back?',
            type: 'SMS',
            from: { phone_number: '+13125550001' },
            to: [{ phone_number: '+17735550002', status: 'webhook_delivered' }],
          },
        },
        meta: { attempt: 1, delivered_to: 'https://hooks.example.com/telnyx' },
      },
    },
    {
      name: 'call.hangup',
      description: 'A call ended.',
      sample: {
        data: {
          event_type: 'call.hangup',
          id: '0ccc7b54-4df3-4bca-a65a-3da1ecc777f0',
          occurred_at: '2026-11-20T09:12:04.000+00:00',
          record_type: 'event',
          payload: { call_control_id: 'v3:a1b2', hangup_cause: 'normal_clearing', state: 'hangup' },
        },
        meta: { attempt: 1 },
      },
    },
  ],
  facts: {
    source: 'https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks; telnyx 2.0.0',
    checkedOn: '2026-11-25',
  },
}
