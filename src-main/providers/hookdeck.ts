import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const hookdeck: Provider = {
  id: 'hookdeck',
  name: 'Hookdeck',
  signing: bodyHmac({ header: 'x-hookdeck-signature', beside: [['x-hookdeck-eventid', '{id}']], encoding: 'base64' }),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'x-hookdeck-eventid' }] },
  eventTypes: [
    {
      name: 'order.created',
      description: 'An example; Hookdeck passes on what sources send.',
      sample: { id: 'ord_1017', type: 'order.created', total: 4900, currency: 'EUR' },
    },
  ],
  facts: { source: 'https://hookdeck.com/docs/authentication', checkedOn: '2026-11-21' },
}
