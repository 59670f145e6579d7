import type { JsonSchema } from '#shared/model/own-event-type.ts'
import { CURRENCY, HEX_SHA256 } from './shared-parts.ts'

const consentState: JsonSchema = { enum: ['GRANTED', 'DENIED', 'UNSPECIFIED'] }

const conversion: JsonSchema = {
  type: 'object',
  required: ['conversionAction', 'conversionDateTime'],
  anyOf: [
    { required: ['gclid'] },
    { required: ['gbraid'] },
    { required: ['wbraid'] },
    { required: ['userIdentifiers'] },
  ],
  // The two stand for different kinds of app click.
  not: { required: ['gbraid', 'wbraid'] },
  properties: {
    gclid: { type: 'string', minLength: 1 },
    gbraid: { type: 'string', minLength: 1 },
    wbraid: { type: 'string', minLength: 1 },
    conversionAction: { type: 'string', pattern: '^customers/[0-9]+/conversionActions/[0-9]+$' },
    conversionDateTime: {
      type: 'string',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$',
    },
    conversionValue: { type: 'number', minimum: 0 },
    currencyCode: { type: 'string', pattern: CURRENCY },
    orderId: { type: 'string', minLength: 1 },
    userIdentifiers: {
      type: 'array',
      minItems: 1,
      maxItems: 5,
      items: {
        type: 'object',
        minProperties: 1,
        properties: {
          hashedEmail: { type: 'string', pattern: HEX_SHA256 },
          hashedPhoneNumber: { type: 'string', pattern: HEX_SHA256 },
        },
      },
    },
    consent: { type: 'object', properties: { adUserData: consentState, adPersonalization: consentState } },
  },
}

export const googleAdsSchema: JsonSchema = {
  type: 'object',
  required: ['conversions', 'partialFailure'],
  properties: {
    conversions: { type: 'array', minItems: 1, maxItems: 2_000, items: conversion },
    partialFailure: { const: true },
    validateOnly: { type: 'boolean' },
  },
}
