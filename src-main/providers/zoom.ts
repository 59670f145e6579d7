import type { Provider } from '#main/engine/catalog/provider.ts'

export const zoom: Provider = {
  id: 'zoom',
  name: 'Zoom',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: 'v0:{timestamp}:{body}',
    encoding: 'hex',
    signatureFormat: 'v0={signature}',
    join: null,
    headers: [
      ['x-zm-request-timestamp', '{timestamp}'],
      ['x-zm-signature', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
  },
  recognition: { eventType: [{ json: 'event' }], messageId: [] },
  handshakes: [
    {
      method: 'POST',
      says: [{ at: { json: 'event' }, exactly: 'endpoint.url_validation' }, { at: { json: 'payload.plainToken' } }],
      need: { kind: 'secret', name: 'secret token' },
      answer: {
        status: 200,
        body: {
          json: {
            plainToken: { json: 'payload.plainToken' },
            encryptedToken: { hmacOf: { json: 'payload.plainToken' }, encoding: 'hex', prefix: '' },
          },
        },
      },
    },
  ],
  policy: 'zoom',
  eventTypes: [
    {
      name: 'meeting.started',
      description: 'A meeting began.',
      sample: {
        event: 'meeting.started',
        event_ts: 1795165924000,
        payload: {
          account_id: 'AAAAAABBBB',
          object: {
            id: '1234567890',
            uuid: '4444AAAiAAAAAiAiAiiAii==',
            topic: 'Stand-up',
            type: 2,
            host_id: 'x1yCzABCDEfg23HiJKl4mN',
            start_time: '2026-11-20T09:12:04Z',
            timezone: 'Europe/Vienna',
          },
        },
      },
    },
    {
      name: 'recording.completed',
      description: 'A recording can be fetched.',
      sample: {
        event: 'recording.completed',
        event_ts: 1795165924000,
        payload: {
          account_id: 'AAAAAABBBB',
          object: { id: 1234567890, uuid: '4444AAAiAAAAAiAiAiiAii==', topic: 'Stand-up', recording_count: 1 },
        },
      },
    },
    {
      name: 'endpoint.url_validation',
      description: 'Zoom asks whether the address is yours.',
      sample: {
        event: 'endpoint.url_validation',
        event_ts: 1795165924000,
        payload: { plainToken: 'qgg8vlvZRS6UYooatFL8Aw' },
      },
    },
  ],
  facts: {
    source: 'https://developers.zoom.us/docs/api/webhooks; the source of @zoom/rivet 0.4.0',
    checkedOn: '2026-11-25',
  },
}
