import type { Provider } from '#main/engine/catalog/provider.ts'

export const paypal: Provider = {
  id: 'paypal',
  name: 'PayPal',
  signing: {
    algorithm: 'rsa-sha256',
    key: { asymmetric: { privatePrefix: '', publicPrefix: '', label: true } },
    timestamp: 'rfc3339',
    signedContent: '{id}|{timestamp}|{label}|{crc32}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['PAYPAL-TRANSMISSION-ID', '{id}'],
      ['PAYPAL-TRANSMISSION-TIME', '{timestamp}'],
      ['PAYPAL-AUTH-ALGO', 'SHA256withRSA'],
      ['PAYPAL-TRANSMISSION-SIG', '{signatures}'],
    ],
    newSecret: { prefix: 'WH-TEST-1:', bytes: 256, encoding: 'pem' },
  },
  recognition: { eventType: [{ json: 'event_type' }], messageId: [{ json: 'id' }] },
  policy: 'paypal',
  resend:
    'Developer Dashboard → Webhooks Events → the event → Resend, or `POST /v1/notifications/webhooks-events/{id}/resend`.',
  eventTypes: [
    {
      name: 'PAYMENT.CAPTURE.COMPLETED',
      description: 'A payment was captured.',
      sample: {
        id: 'WH-58D329510W468432D-8HN650336L201105X',
        event_version: '1.0',
        create_time: '2026-11-20T09:12:04.000Z',
        resource_type: 'capture',
        event_type: 'PAYMENT.CAPTURE.COMPLETED',
        summary: 'As the sample says.',
        resource: {
          id: '27M47624FP291604U',
          status: 'COMPLETED',
          amount: { currency_code: 'EUR', value: '49.00' },
          final_capture: true,
        },
      },
    },
    {
      name: 'BILLING.SUBSCRIPTION.CANCELLED',
      description: 'A subscription ended.',
      sample: {
        id: 'WH-58D329510W468432D-8HN650336L201105X',
        event_version: '1.0',
        create_time: '2026-11-20T09:12:04.000Z',
        resource_type: 'subscription',
        event_type: 'BILLING.SUBSCRIPTION.CANCELLED',
        summary: 'As the sample says.',
        resource: { id: 'I-BW452GLLEP1G', status: 'CANCELLED', plan_id: 'P-5ML4271244454362WXNWU5NQ' },
      },
    },
  ],
  facts: {
    source: 'https://developer.paypal.com/api/rest/webhooks/rest',
    checkedOn: '2026-11-21',
    unconfirmed:
      'The signed text, known from a secondary source. The secret is the webhook id, a colon, and the certificate or private key.',
  },
}
