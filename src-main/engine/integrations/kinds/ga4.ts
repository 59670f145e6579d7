import type { IntegrationType } from '../integration-type.ts'
import { ga4Mapping } from './ga4-mapping.ts'
import { ga4Schema } from './ga4-schema.ts'
import { CHECKED_ON } from './shared-parts.ts'

export const ga4: IntegrationType = {
  id: 'ga4',
  name: 'Google Analytics 4',
  aliases: [],
  baseUrl: 'https://www.google-analytics.com',
  target: '/mp/collect?measurement_id={setting.measurementId}&api_secret={secret.api_secret}',
  headers: [],
  settings: [
    {
      name: 'measurementId',
      label: 'Measurement ID',
      pattern: /^G-[A-Z0-9]{4,20}$/,
      example: 'G-AB12CD34EF',
      preset: null,
    },
  ],
  secrets: [{ name: 'api_secret', label: 'Measurement Protocol API secret' }],
  mapping: ga4Mapping,
  schema: ga4Schema,
  eventTypes: ['purchase', 'lead', 'page_view', 'sign_up', 'call_started', 'call_ended'],
  sample: {
    type: 'purchase',
    body: {
      client_id: '1234567890.1700000000',
      order_id: 'T-1001',
      value: 49.9,
      currency: 'EUR',
      items: [{ item_id: 'SKU-1', item_name: 'Mug', price: 24.95, quantity: 2 }],
    },
  },
  facts: {
    source: 'https://developers.google.com/analytics/devguides/collection/protocol/ga4/sending-events',
    checkedOn: CHECKED_ON,
    unconfirmed:
      'The collector answers 2xx to events that it drops. The limits on lengths and counts are as generally known.',
  },
}
