import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

export const convoy: Provider = {
  id: 'convoy',
  name: 'Convoy',
  signing: bodyHmac({
    header: 'X-Convoy-Signature',
    also: [
      stampedHmac({ header: 'X-Convoy-Signature', between: ',' }),
      bodyHmac({ header: 'X-Convoy-Signature', encoding: 'base64' }),
      stampedHmac({ header: 'X-Convoy-Signature', between: ',', encoding: 'base64' }),
      bodyHmac({ header: 'X-Convoy-Signature', algorithm: 'hmac-sha512' }),
    ],
  }),
  recognition: { eventType: [{ json: 'event_type' }], messageId: [{ header: 'X-Convoy-Idempotency-Key' }] },
  eventTypes: [
    {
      name: 'invoice.paid',
      description: 'An example; projects name their own events.',
      sample: { event_type: 'invoice.paid', data: { id: 'inv_4Kd92ma', amount: 4900, currency: 'eur' } },
    },
  ],
  facts: {
    source: 'https://github.com/frain-dev/convoy',
    checkedOn: '2026-11-21',
    unconfirmed: 'The header of the message id.',
  },
}
