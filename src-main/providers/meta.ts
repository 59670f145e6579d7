import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const meta: Provider = {
  id: 'meta',
  name: 'Meta and WhatsApp',
  signing: bodyHmac({
    header: 'X-Hub-Signature-256',
    prefix: 'sha256=',
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
  }),
  recognition: {
    eventType: [{ json: 'object' }],
    messageId: [{ json: 'entry.0.changes.0.value.messages.0.id' }, { json: 'entry.0.messaging.0.message.mid' }],
  },
  handshakes: [
    {
      method: 'GET',
      says: [{ at: { query: 'hub.mode' }, exactly: 'subscribe' }, { at: { query: 'hub.challenge' } }],
      need: { kind: 'verify-token', name: 'verify token', at: { query: 'hub.verify_token' } },
      answer: { status: 200, body: { text: { query: 'hub.challenge' } } },
    },
  ],
  eventTypes: [
    {
      name: 'whatsapp_business_account',
      description: 'A WhatsApp message came in, or its status changed.',
      sample: {
        object: 'whatsapp_business_account',
        entry: [
          {
            id: '102290129340398',
            changes: [
              {
                field: 'messages',
                value: {
                  messaging_product: 'whatsapp',
                  metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
                  contacts: [{ profile: { name: 'Ada' }, wa_id: '436641234567' }],
                  messages: [
                    {
                      from: '436641234567',
                      id: 'wamid.HBgLNDM2NjQxMjM0NTY3FQIAEhg=',
                      timestamp: '1795165924',
                      type: 'text',
                      text: { body: 'Is the teapot back?' },
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    },
    {
      name: 'page',
      description: 'Something happened on a page.',
      sample: {
        object: 'page',
        entry: [
          {
            id: '43674671559',
            time: 1795165924,
            messaging: [
              {
                sender: { id: '2494432963985342' },
                recipient: { id: '43674671559' },
                timestamp: 1795165924000,
                message: { mid: 'm_AG5Hz2U', text: 'Hello' },
              },
            ],
          },
        ],
      },
    },
  ],
  facts: {
    source: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
    checkedOn: '2026-11-21',
    unconfirmed: 'The signature, known from a secondary source.',
  },
}
