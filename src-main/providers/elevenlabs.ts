import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

export const elevenlabs: Provider = {
  id: 'elevenlabs',
  name: 'ElevenLabs',
  signing: stampedHmac({
    header: 'ElevenLabs-Signature',
    version: 'v0',
    newSecret: { prefix: 'wsec_', bytes: 32, encoding: 'hex' },
    pastMs: 1800_000,
  }),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ json: 'data.conversation_id' }] },
  eventTypes: [
    {
      name: 'post_call_transcription',
      description: 'A conversation ended and was written down.',
      sample: {
        type: 'post_call_transcription',
        event_timestamp: 1795165924,
        data: {
          agent_id: 'xyz',
          conversation_id: 'abc',
          status: 'done',
          transcript: [{ role: 'agent', message: 'Grüß Gott, what can I do for you?', time_in_call_secs: 0 }],
          metadata: { call_duration_secs: 22, cost: 296 },
          analysis: { call_successful: 'success' },
        },
      },
    },
  ],
  facts: {
    source: 'https://elevenlabs.io/docs/overview/administration/webhooks; @elevenlabs/elevenlabs-js 2.73.0',
    checkedOn: '2026-11-25',
  },
}
