import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const woocommerce: Provider = {
  id: 'woocommerce',
  name: 'WooCommerce',
  signing: bodyHmac({
    header: 'X-WC-Webhook-Signature',
    beside: [
      ['X-WC-Webhook-Topic', '{type}'],
      ['X-WC-Webhook-Delivery-ID', '{id}'],
    ],
    encoding: 'base64',
    newSecret: { prefix: '', bytes: 25, encoding: 'hex' },
  }),
  recognition: { eventType: [{ header: 'X-WC-Webhook-Topic' }], messageId: [{ header: 'X-WC-Webhook-Delivery-ID' }] },
  eventTypes: [
    {
      name: 'order.created',
      description: 'An order was placed.',
      sample: {
        id: 727,
        status: 'processing',
        currency: 'EUR',
        total: '49.00',
        date_created: '2026-11-20T10:12:04',
        billing: { first_name: 'Ada', last_name: 'Marín', email: 'ada@example.com', country: 'AT' },
        line_items: [{ id: 315, name: 'Teapot', product_id: 93, quantity: 1, total: '49.00' }],
      },
    },
    {
      name: 'product.updated',
      description: 'A product was changed.',
      sample: { id: 93, name: 'Teapot', slug: 'teapot', status: 'publish', price: '49.00', stock_status: 'instock' },
    },
  ],
  facts: { source: 'https://woocommerce.com/document/webhooks; hookdeck/webhook-skills', checkedOn: '2026-11-25' },
}
