import type { JsonSchema } from '#shared/model/own-event-type.ts'
import { CURRENCY, HEX_SHA256 } from './shared-parts.ts'

const hashes: JsonSchema = {
  anyOf: [
    { type: 'string', pattern: HEX_SHA256 },
    { type: 'array', minItems: 1, items: { type: 'string', pattern: HEX_SHA256 } },
  ],
}
const HASHED = ['em', 'ph', 'fn', 'ln', 'ge', 'db', 'ct', 'st', 'zp', 'country']

const userData: JsonSchema = {
  type: 'object',
  minProperties: 1,
  properties: {
    ...Object.fromEntries(HASHED.map((name) => [name, hashes])),
    client_ip_address: { type: 'string', minLength: 2 },
    client_user_agent: { type: 'string', minLength: 1 },
    fbc: { type: 'string', pattern: '^fb\\.' },
    fbp: { type: 'string', pattern: '^fb\\.' },
  },
}

const customData: JsonSchema = {
  type: 'object',
  properties: {
    value: { type: 'number' },
    currency: { type: 'string', pattern: CURRENCY },
    contents: { type: 'array', items: { type: 'object', required: ['id'] } },
  },
}

const event: JsonSchema = {
  type: 'object',
  required: ['event_name', 'event_time', 'action_source', 'user_data'],
  properties: {
    event_name: { type: 'string', minLength: 1, maxLength: 100 },
    event_time: { type: 'integer', minimum: 1 },
    event_id: { type: 'string', minLength: 1 },
    event_source_url: { type: 'string', pattern: '^https?://' },
    opt_out: { type: 'boolean' },
    action_source: {
      enum: [
        'app',
        'business_messaging',
        'chat',
        'email',
        'other',
        'phone_call',
        'physical_store',
        'system_generated',
        'website',
      ],
    },
    user_data: userData,
    custom_data: customData,
  },
  allOf: [
    {
      if: { properties: { action_source: { const: 'website' } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: {
        required: ['event_source_url'],
        properties: { user_data: { required: ['client_user_agent'] } },
      },
    },
    {
      if: { properties: { event_name: { const: 'Purchase' } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { required: ['custom_data'], properties: { custom_data: { required: ['currency', 'value'] } } },
    },
  ],
}

export const metaSchema: JsonSchema = {
  type: 'object',
  required: ['data'],
  properties: {
    data: { type: 'array', minItems: 1, maxItems: 1_000, items: event },
    test_event_code: { type: 'string' },
  },
}
