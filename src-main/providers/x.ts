import type { Provider } from '#main/engine/catalog/provider.ts'

export const x: Provider = {
  id: 'x',
  name: 'X (Twitter)',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{body}',
    encoding: 'base64',
    signatureFormat: 'sha256={signature}',
    join: null,
    headers: [['x-twitter-webhooks-signature', '{signatures}']],
    newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
  },
  recognition: { eventType: [], messageId: [] },
  handshakes: [
    {
      method: 'GET',
      says: [{ at: { query: 'crc_token' } }],
      need: { kind: 'secret', name: 'consumer secret (API key secret)' },
      answer: {
        status: 200,
        body: { json: { response_token: { hmacOf: { query: 'crc_token' }, encoding: 'base64', prefix: 'sha256=' } } },
      },
    },
  ],
  eventTypes: [
    {
      name: 'favorite_events',
      description: 'Someone liked a post of a subscribed account.',
      sample: {
        for_user_id: '2244994945',
        favorite_events: [
          {
            id: 'a7ba59eab0bfcba386f7acedac279542',
            created_at: 'Fri Nov 20 09:12:04 +0000 2026',
            timestamp_ms: 1795165924000,
            favorited_status: { id_str: '1795165000000000000', text: 'The teapot is back.' },
            user: { id_str: '3001969357', screen_name: 'ada' },
          },
        ],
      },
    },
  ],
  facts: {
    source: 'https://docs.x.com/x-api/webhooks/quickstart',
    checkedOn: '2026-11-21',
    unconfirmed: 'The signature; no official verifier was at hand.',
  },
}
