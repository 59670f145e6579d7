import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

const newSecret = { prefix: 'shpss_', bytes: 16, encoding: 'hex' } as const

export const shopify: Provider = {
  id: 'shopify',
  name: 'Shopify',
  signing: bodyHmac({
    header: 'X-Shopify-Hmac-Sha256',
    beside: [
      ['X-Shopify-Topic', '{type}'],
      ['X-Shopify-Shop-Domain', 'acme-shop.myshopify.com'],
      ['X-Shopify-API-Version', '2026-10'],
      ['X-Shopify-Webhook-Id', '{id}'],
      ['X-Shopify-Event-Id', '{id}'],
      ['X-Shopify-Triggered-At', '{timestamp}'],
    ],
    timestamp: 'rfc3339',
    encoding: 'base64',
    newSecret,
    // The newer Events webhooks name their headers anew.
    also: [
      bodyHmac({
        header: 'shopify-hmac-sha256',
        beside: [
          ['shopify-topic', '{type}'],
          ['shopify-shop-domain', 'acme-shop.myshopify.com'],
          ['shopify-api-version', '2026-10'],
          ['shopify-webhook-id', '{id}'],
          ['shopify-event-id', '{id}'],
          ['shopify-triggered-at', '{timestamp}'],
        ],
        timestamp: 'rfc3339',
        encoding: 'base64',
        newSecret,
      }),
    ],
  }),
  recognition: {
    eventType: [{ header: 'X-Shopify-Topic' }, { header: 'shopify-topic' }],
    messageId: [{ header: 'X-Shopify-Webhook-Id' }, { header: 'shopify-webhook-id' }],
  },
  policy: 'shopify',
  resend:
    'Shopify sends nothing again once its retries end: read what changed in that time from the Admin API, such as orders by `updated_at`.',
  eventTypes: [
    {
      name: 'orders/create',
      description: 'An order was placed.',
      sample: {
        id: 5610986905901,
        admin_graphql_api_id: 'gid://shopify/Order/5610986905901',
        email: 'ada@example.com',
        created_at: '2026-11-20T10:12:04+01:00',
        currency: 'EUR',
        total_price: '49.00',
        financial_status: 'paid',
        line_items: [{ id: 13918394548525, title: 'Teapot', quantity: 1, price: '49.00', sku: 'TEA-1' }],
        shipping_address: { first_name: 'Ada', last_name: 'Marín', city: 'Graz', country_code: 'AT' },
      },
    },
    {
      name: 'products/update',
      description: 'A product was changed.',
      sample: {
        id: 7911259766830,
        title: 'Teapot',
        handle: 'teapot',
        vendor: 'Acme',
        status: 'active',
        variants: [{ id: 808950810, price: '49.00', sku: 'TEA-1', inventory_quantity: 75 }],
      },
    },
    {
      name: 'orders/paid',
      description: 'An order was paid.',
      sample: {
        id: 5610986905901,
        admin_graphql_api_id: 'gid://shopify/Order/5610986905901',
        email: 'ada@example.com',
        currency: 'EUR',
        total_price: '49.00',
        financial_status: 'paid',
        processed_at: '2026-11-20T10:12:04+01:00',
      },
    },
    {
      name: 'refunds/create',
      description: 'An order was paid back, whole or in part.',
      sample: {
        id: 929361462573,
        order_id: 5610986905901,
        created_at: '2026-11-20T10:12:04+01:00',
        note: 'Arrived broken',
        refund_line_items: [{ id: 487817672276, line_item_id: 13918394548525, quantity: 1, subtotal: 49 }],
      },
    },
    {
      name: 'customers/create',
      description: 'A customer came to be.',
      sample: {
        id: 6940095564,
        email: 'ada@example.com',
        first_name: 'Ada',
        last_name: 'Marín',
        state: 'enabled',
        verified_email: true,
        created_at: '2026-11-20T10:12:04+01:00',
      },
    },
    {
      name: 'app/uninstalled',
      description: 'A shop removed the app.',
      sample: { id: 548380009, name: 'Acme Shop', domain: 'shop.example.com', country: 'AT', currency: 'EUR' },
    },
  ],
  facts: {
    source: 'https://shopify.dev/docs/apps/build/webhooks; @shopify/shopify-api 13.1.0',
    checkedOn: '2026-11-25',
  },
}
