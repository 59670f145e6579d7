import type { Provider } from '#main/engine/catalog/provider.ts'

function sample(eventCode: string, originalReference = '') {
  return {
    live: 'false',
    notificationItems: [
      {
        NotificationRequestItem: {
          additionalData: { hmacSignature: 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=' },
          amount: { currency: 'EUR', value: 4900 },
          eventCode,
          eventDate: '2026-11-20T10:12:04+01:00',
          merchantAccountCode: 'AcmeShopECOM',
          merchantReference: 'order-1017',
          originalReference,
          paymentMethod: 'visa',
          pspReference: '7914073381342284',
          success: 'true',
        },
      },
    ],
  }
}

export const adyen: Provider = {
  id: 'adyen',
  name: 'Adyen',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'hex',
    timestamp: 's',
    signedContent:
      '{body.pspReference}:{body.originalReference}:{body.merchantAccountCode}:{body.merchantReference}:{body.amount.value}:{body.amount.currency}:{body.eventCode}:{body.success}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [],
    newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
    fields: {
      signature: 'additionalData.hmacSignature',
      others: [],
      records: { list: 'notificationItems', record: 'NotificationRequestItem' },
    },
    also: [
      {
        algorithm: 'hmac-sha256',
        key: 'hex',
        timestamp: 's',
        signedContent: '{body}',
        encoding: 'base64',
        signatureFormat: '{signature}',
        join: null,
        headers: [['HmacSignature', '{signatures}']],
        newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
      },
    ],
  },
  recognition: {
    eventType: [{ json: 'notificationItems.0.NotificationRequestItem.eventCode' }, { json: 'type' }],
    messageId: [{ json: 'notificationItems.0.NotificationRequestItem.pspReference' }],
  },
  policy: 'adyen',
  eventTypes: [
    {
      name: 'AUTHORISATION',
      description: 'A payment was authorised or refused.',
      sample: sample('AUTHORISATION'),
    },
    { name: 'CAPTURE', description: 'A payment was captured or not.', sample: sample('CAPTURE', '9913140798220028') },
    { name: 'REFUND', description: 'A refund was accepted or refused.', sample: sample('REFUND', '9913140798220028') },
    {
      name: 'CHARGEBACK',
      description: 'A shopper’s bank took a payment back.',
      sample: sample('CHARGEBACK', '9913140798220028'),
    },
  ],
  facts: {
    source: 'https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures; @adyen/api-library 13.1.0',
    checkedOn: '2026-11-25',
    unconfirmed: 'The name of the header HmacSignature of banking and management webhooks.',
  },
}
