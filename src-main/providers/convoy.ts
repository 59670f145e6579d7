import type { Provider } from '#main/engine/catalog/provider.ts'

export const convoy: Provider = {
  id: 'convoy',
  name: 'Convoy',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{body}',
    encoding: 'hex',
    signatureFormat: '{signature}',
    join: null,
    headers: [['X-Convoy-Signature', '{signatures}']],
    newSecret: {
      prefix: '',
      bytes: 32,
      encoding: 'hex',
    },
    also: [
      {
        algorithm: 'hmac-sha256',
        key: 'utf8',
        timestamp: 's',
        signedContent: '{timestamp},{body}',
        encoding: 'hex',
        signatureFormat: 'v1={signature}',
        join: ',',
        headers: [['X-Convoy-Signature', 't={timestamp},{signatures}']],
        newSecret: {
          prefix: '',
          bytes: 32,
          encoding: 'hex',
        },
      },
      {
        algorithm: 'hmac-sha256',
        key: 'utf8',
        timestamp: 's',
        signedContent: '{body}',
        encoding: 'base64',
        signatureFormat: '{signature}',
        join: null,
        headers: [['X-Convoy-Signature', '{signatures}']],
        newSecret: {
          prefix: '',
          bytes: 32,
          encoding: 'hex',
        },
      },
      {
        algorithm: 'hmac-sha256',
        key: 'utf8',
        timestamp: 's',
        signedContent: '{timestamp},{body}',
        encoding: 'base64',
        signatureFormat: 'v1={signature}',
        join: ',',
        headers: [['X-Convoy-Signature', 't={timestamp},{signatures}']],
        newSecret: {
          prefix: '',
          bytes: 32,
          encoding: 'hex',
        },
      },
      {
        algorithm: 'hmac-sha512',
        key: 'utf8',
        timestamp: 's',
        signedContent: '{body}',
        encoding: 'hex',
        signatureFormat: '{signature}',
        join: null,
        headers: [['X-Convoy-Signature', '{signatures}']],
        newSecret: {
          prefix: '',
          bytes: 32,
          encoding: 'hex',
        },
      },
    ],
  },
  recognition: {
    eventType: [
      {
        json: 'event_type',
      },
    ],
    messageId: [
      {
        header: 'X-Convoy-Idempotency-Key',
      },
    ],
  },
  eventTypes: [
    {
      name: 'invoice.paid',
      description: 'An example; projects name their own events.',
      sample: {
        event_type: 'invoice.paid',
        data: {
          id: 'inv_4Kd92ma',
          amount: 4900,
          currency: 'eur',
        },
      },
    },
  ],
  facts: {
    source: 'https://github.com/frain-dev/convoy',
    checkedOn: '2026-11-21',
    unconfirmed: 'The header of the message id.',
  },
}
