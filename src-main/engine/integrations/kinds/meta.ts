import type { IntegrationType } from '../integration-type.ts'
import { metaMapping } from './meta-mapping.ts'
import { metaSchema } from './meta-schema.ts'
import { CHECKED_ON } from './shared-parts.ts'

export const meta: IntegrationType = {
  id: 'meta',
  name: 'Meta Conversions API',
  aliases: [],
  baseUrl: 'https://graph.facebook.com',
  target: '/{setting.apiVersion}/{setting.pixelId}/events?access_token={secret.access_token}',
  headers: [],
  settings: [
    { name: 'pixelId', label: 'Pixel or dataset ID', pattern: /^\d{5,20}$/, example: '123456789012345', preset: null },
    { name: 'apiVersion', label: 'Graph API version', pattern: /^v\d{1,3}\.\d$/, example: 'v23.0', preset: 'v23.0' },
    { name: 'testEventCode', label: 'Test event code', pattern: /^[A-Za-z0-9_]{1,40}$/, example: 'TEST12345' },
  ],
  secrets: [{ name: 'access_token', label: 'Access token' }],
  mapping: metaMapping,
  schema: metaSchema,
  eventTypes: ['purchase', 'lead', 'page_view', 'sign_up', 'call_started'],
  sample: {
    type: 'purchase',
    body: {
      order_id: 'T-1001',
      value: 49.9,
      currency: 'EUR',
      email: 'Person@Example.com',
      phone: '+49 151 23456789',
      url: 'https://shop.example/thanks',
      user_agent: 'Mozilla/5.0',
      items: [{ id: 'SKU-1', quantity: 2, price: 24.95 }],
    },
  },
  facts: {
    source: 'https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters',
    checkedOn: CHECKED_ON,
    unconfirmed: 'The Graph API version that is current.',
  },
}
