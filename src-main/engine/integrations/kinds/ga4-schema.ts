import type { JsonSchema } from '#shared/model/own-event-type.ts'
import { CURRENCY } from './shared-parts.ts'

const RESERVED = [
  'ad_activeview_imp',
  'ad_click',
  'ad_exposure',
  'ad_query',
  'ad_reward',
  'adunit_exposure',
  'app_clear_data',
  'app_exception',
  'app_install',
  'app_remove',
  'app_store_refund',
  'app_update',
  'app_upgrade',
  'error',
  'first_open',
  'first_visit',
  'os_update',
  'session_start',
  'user_engagement',
]

const NAME = '^[A-Za-z][A-Za-z0-9_]{0,39}$'
/** Places have more room than other texts. */
const LONG_TEXTS = { page_location: 1_000, page_referrer: 420, page_title: 300 }

const item: JsonSchema = {
  type: 'object',
  anyOf: [{ required: ['item_id'] }, { required: ['item_name'] }],
  properties: {
    item_id: { type: 'string', maxLength: 100 },
    item_name: { type: 'string', maxLength: 100 },
    price: { type: 'number' },
    quantity: { type: 'number', exclusiveMinimum: 0 },
  },
}

const params: JsonSchema = {
  type: 'object',
  maxProperties: 25,
  propertyNames: { pattern: NAME },
  properties: {
    items: { type: 'array', maxItems: 200, items: item },
    value: { type: 'number' },
    currency: { type: 'string', pattern: CURRENCY },
    ...Object.fromEntries(Object.entries(LONG_TEXTS).map(([name, maxLength]) => [name, { type: 'string', maxLength }])),
  },
  additionalProperties: {
    anyOf: [{ type: 'string', maxLength: 100 }, { type: ['number', 'boolean'] }],
  },
  // A sum without its currency is dropped.
  dependentRequired: { value: ['currency'] },
}

const event: JsonSchema = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', pattern: NAME, not: { enum: RESERVED } }, params },
  if: { properties: { name: { const: 'purchase' } } },
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: { required: ['params'], properties: { params: { required: ['currency', 'value', 'transaction_id'] } } },
}

export const ga4Schema: JsonSchema = {
  type: 'object',
  required: ['client_id', 'events'],
  properties: {
    client_id: { type: 'string', minLength: 1 },
    user_id: { type: 'string', minLength: 1, maxLength: 256 },
    timestamp_micros: { type: ['integer', 'string'] },
    user_properties: {
      type: 'object',
      maxProperties: 25,
      additionalProperties: { type: 'object', required: ['value'] },
    },
    user_data: { type: 'object' },
    consent: { type: 'object' },
    non_personalized_ads: { type: 'boolean' },
    validation_behavior: { enum: ['RELAXED', 'ENFORCE_RECOMMENDATIONS'] },
    events: { type: 'array', minItems: 1, maxItems: 25, items: event },
  },
  additionalProperties: false,
}
