import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const dropbox: Provider = {
  id: 'dropbox',
  name: 'Dropbox',
  signing: bodyHmac({ header: 'X-Dropbox-Signature', newSecret: { prefix: '', bytes: 16, encoding: 'hex' } }),
  recognition: { eventType: [], messageId: [] },
  handshakes: [
    {
      method: 'GET',
      says: [{ at: { query: 'challenge' } }],
      answer: { status: 200, body: { text: { query: 'challenge' } } },
    },
  ],
  eventTypes: [
    {
      name: 'list_folder',
      description: 'Files of some accounts changed.',
      sample: {
        list_folder: {
          accounts: ['dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc', 'dbid:AAC4f99T0taONIb-OurWxbNQ6ywGRopQngd'],
        },
        delta: { users: [12345678, 23456789] },
      },
    },
  ],
  facts: {
    source: 'https://www.dropbox.com/developers/reference/webhooks',
    checkedOn: '2026-11-25',
    unconfirmed: 'The signature, known from receivers of it; no official verifier was at hand.',
  },
}
