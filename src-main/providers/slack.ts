import type { Provider } from '#main/engine/catalog/provider.ts'

export const slack: Provider = {
  id: 'slack',
  name: 'Slack',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: 'v0:{timestamp}:{body}',
    encoding: 'hex',
    signatureFormat: 'v0={signature}',
    join: null,
    headers: [
      ['X-Slack-Request-Timestamp', '{timestamp}'],
      ['X-Slack-Signature', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
    tolerance: { pastMs: 300000, futureMs: 300000 },
  },
  recognition: { eventType: [{ json: 'event.type' }, { json: 'type' }], messageId: [{ json: 'event_id' }] },
  handshakes: [
    {
      method: 'POST',
      says: [{ at: { json: 'type' }, exactly: 'url_verification' }, { at: { json: 'challenge' } }],
      answer: { status: 200, body: { text: { json: 'challenge' } } },
    },
  ],
  policy: 'slack',
  eventTypes: [
    {
      name: 'message',
      description: 'Someone wrote in a channel.',
      sample: {
        token: 'z26uFbvR1xHJEdHE1OQiO6t8',
        team_id: 'T061EG9RZ',
        api_app_id: 'A0FFV41KK',
        type: 'event_callback',
        event_id: 'Ev9UQ52YNA',
        event_time: 1795165924,
        event: {
          type: 'message',
          channel: 'C061EG9T2',
          user: 'U061F1EUR',
          text: 'Ship it 🚢',
          ts: '1795165924.000200',
          channel_type: 'channel',
        },
      },
    },
    {
      name: 'app_mention',
      description: 'Someone called the app by its name.',
      sample: {
        token: 'z26uFbvR1xHJEdHE1OQiO6t8',
        team_id: 'T061EG9RZ',
        api_app_id: 'A0FFV41KK',
        type: 'event_callback',
        event_id: 'Ev9UQ52YNB',
        event_time: 1795165924,
        event: {
          type: 'app_mention',
          channel: 'C061EG9T2',
          user: 'U061F1EUR',
          text: '<@U0LAN0Z89> status?',
          ts: '1795165924.000300',
        },
      },
    },
    {
      name: 'url_verification',
      description: 'Slack asks whether the address is yours.',
      sample: {
        token: 'z26uFbvR1xHJEdHE1OQiO6t8',
        type: 'url_verification',
        challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
      },
    },
  ],
  facts: {
    source: 'https://docs.slack.dev/authentication/verifying-requests-from-slack; @slack/bolt 5.1.0',
    checkedOn: '2026-11-25',
  },
}
