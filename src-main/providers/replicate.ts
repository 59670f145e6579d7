import type { Provider } from '#main/engine/catalog/provider.ts'
import { standardWebhooksScheme } from './schemes/standard-webhooks.ts'

export const replicate: Provider = {
  id: 'replicate',
  name: 'Replicate',
  signing: standardWebhooksScheme(),
  // A prediction itself is what is sent: its status says what happened.
  recognition: { eventType: [{ json: 'status' }], messageId: [{ header: 'webhook-id' }] },
  eventTypes: [
    {
      name: 'succeeded',
      description: 'A prediction is ready.',
      sample: {
        id: 'ufawqhfynnddngldkgtslldrkq',
        model: 'acme/teapot-painter',
        version: '5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa',
        status: 'succeeded',
        created_at: '2026-11-20T09:11:58.012Z',
        started_at: '2026-11-20T09:11:59.300Z',
        completed_at: '2026-11-20T09:12:04.000Z',
        input: { prompt: 'a blue teapot, ink on paper' },
        output: ['https://replicate.delivery/pbxt/teapot.png'],
        error: null,
        logs: '',
        metrics: { predict_time: 4.7 },
      },
    },
    {
      name: 'failed',
      description: 'A prediction ended with an error.',
      sample: {
        id: 'rrr4z55ocneqzikepnug6xezpe',
        model: 'acme/teapot-painter',
        version: '5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa',
        status: 'failed',
        created_at: '2026-11-20T09:11:58.012Z',
        started_at: '2026-11-20T09:11:59.300Z',
        completed_at: '2026-11-20T09:12:04.000Z',
        input: { prompt: '' },
        output: null,
        error: 'The prompt is empty.',
        logs: '',
      },
    },
  ],
  facts: {
    source: 'https://replicate.com/docs/topics/webhooks/verify-webhook; replicate 1.4.0',
    checkedOn: '2026-11-25',
  },
}
