import { describe, expect, it } from 'vitest'
import { proofPlaces } from '#main/engine/signing/proof-places.ts'
import { providers } from '#main/providers/index.ts'
import { providerOf, signedRequest } from '#test/providers/signed-request.ts'

const placesOf = (id: string) => proofPlaces(providerOf(id).signing!)

describe('the places of a proof', () => {
  it('CAP-5 are the headers with signature and timestamp, and the id where it is signed', () => {
    expect(placesOf('standard-webhooks')).toEqual([
      { in: 'header', name: 'webhook-id', carries: ['message id'] },
      { in: 'header', name: 'webhook-timestamp', carries: ['timestamp'] },
      { in: 'header', name: 'webhook-signature', carries: ['signature'] },
    ])
    expect(placesOf('stripe')).toEqual([
      { in: 'header', name: 'Stripe-Signature', carries: ['timestamp', 'signature'] },
    ])
  })

  it('CAP-5 are those of all forms of a signature, each once', () => {
    expect(placesOf('github').map(({ name }) => name)).toEqual(['X-Hub-Signature-256', 'X-Hub-Signature'])
  })

  it('CAP-5 may lie in the body', () => {
    expect(placesOf('mailgun')).toContainEqual({ in: 'body', name: 'signature.signature', carries: ['signature'] })
    expect(placesOf('linear')).toContainEqual({ in: 'body', name: 'webhookTimestamp', carries: ['timestamp'] })
  })

  it.each(providers.filter(({ signing }) => signing && !signing.fields && typeof signing.key === 'string'))(
    'CAP-5 of $id hold where the sender really puts its signature',
    ({ id, signing }) => {
      const places = placesOf(id).filter(({ carries }) => carries.includes('signature'))
      const request = { body: Buffer.from('{}'), secrets: ['00ff'], nowMs: 0, url: 'http://h/' }
      const { headers } = signedRequest(signing!, request)
      expect(headers.some(([name]) => places.some((place) => place.name === name))).toBe(true)
    },
  )
})
