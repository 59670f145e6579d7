import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const typeform: Provider = {
  id: 'typeform',
  name: 'Typeform',
  signing: bodyHmac({ header: 'Typeform-Signature', prefix: 'sha256=', encoding: 'base64' }),
  recognition: { eventType: [{ json: 'event_type' }], messageId: [{ json: 'event_id' }] },
  policy: 'typeform',
  eventTypes: [
    {
      name: 'form_response',
      description: 'Someone sent a form.',
      sample: {
        event_id: 'LtWXD3crgy',
        event_type: 'form_response',
        form_response: {
          form_id: 'lT4Z3j',
          token: 'a3a12ec67a1365927098a606107fac15',
          submitted_at: '2026-11-20T09:12:04Z',
          landed_at: '2026-11-20T09:10:51Z',
          definition: {
            id: 'lT4Z3j',
            title: 'Feedback',
            fields: [{ id: 'DlXFaesGBpoF', title: 'How was the tea?', type: 'short_text', ref: 'tea' }],
          },
          answers: [
            {
              type: 'text',
              text: 'Very good, danke schön',
              field: { id: 'DlXFaesGBpoF', type: 'short_text', ref: 'tea' },
            },
          ],
        },
      },
    },
  ],
  facts: { source: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks', checkedOn: '2026-11-25' },
}
