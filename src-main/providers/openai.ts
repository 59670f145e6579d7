import type { Provider } from '#main/engine/catalog/provider.ts'
import { standardWebhooksScheme } from './schemes/standard-webhooks.ts'

export const openai: Provider = {
  id: 'openai',
  name: 'OpenAI',
  signing: standardWebhooksScheme(),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'webhook-id' }] },
  eventTypes: [
    {
      name: 'response.completed',
      description: 'A background response is ready.',
      sample: {
        id: 'evt_685343a1381c819085d44c354e1b330e',
        object: 'event',
        created_at: 1795165924,
        type: 'response.completed',
        data: { id: 'resp_685343a2b5c081908d4a7bd5' },
      },
    },
    {
      name: 'batch.completed',
      description: 'A batch ran to its end.',
      sample: {
        id: 'evt_685343a1381c819085d44c354e1b330f',
        object: 'event',
        created_at: 1795165924,
        type: 'batch.completed',
        data: { id: 'batch_abc123' },
      },
    },
  ],
  facts: { source: 'https://platform.openai.com/docs/guides/webhooks; openai 6.0.0', checkedOn: '2026-11-25' },
}
