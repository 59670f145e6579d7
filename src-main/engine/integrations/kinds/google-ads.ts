import type { IntegrationType } from '../integration-type.ts'
import { googleAdsMapping } from './google-ads-mapping.ts'
import { googleAdsSchema } from './google-ads-schema.ts'
import { CHECKED_ON } from './shared-parts.ts'

export const googleAds: IntegrationType = {
  id: 'google_ads',
  name: 'Google Ads conversion upload',
  aliases: ['gads'],
  baseUrl: 'https://googleads.googleapis.com',
  target: '/{setting.apiVersion}/customers/{setting.customerId}:uploadClickConversions',
  headers: [
    ['Authorization', 'Bearer {secret.access_token}'],
    ['developer-token', '{secret.developer_token}'],
  ],
  settings: [
    {
      name: 'customerId',
      label: 'Customer ID, digits alone',
      pattern: /^\d{10}$/,
      example: '1234567890',
      preset: null,
    },
    {
      name: 'conversionActionId',
      label: 'Conversion action ID',
      pattern: /^\d{1,20}$/,
      example: '987654321',
      preset: null,
    },
    { name: 'apiVersion', label: 'API version', pattern: /^v\d{1,3}$/, example: 'v22', preset: 'v22' },
  ],
  secrets: [
    { name: 'access_token', label: 'OAuth access token' },
    { name: 'developer_token', label: 'Developer token' },
  ],
  mapping: googleAdsMapping,
  schema: googleAdsSchema,
  eventTypes: ['purchase', 'lead', 'call_started', 'call_ended'],
  sample: {
    type: 'lead',
    body: {
      gclid: 'Cj0KCQiA-test-click',
      lead_id: 'L-77',
      value: 20,
      currency: 'EUR',
      email: 'jane.doe+news@gmail.com',
      phone: '+49 151 23456789',
    },
  },
  facts: {
    source: 'https://developers.google.com/google-ads/api/rest/reference/rest (customers.uploadClickConversions)',
    checkedOn: CHECKED_ON,
    unconfirmed:
      'The API version that is current. An answer of 200 can hold a partialFailureError; access tokens end after about an hour.',
  },
}
