import type { Provider } from '#main/engine/catalog/provider.ts'

export const hubspot: Provider = {
  id: 'hubspot',
  name: 'HubSpot',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 'ms',
    signedContent: '{method}{url}{body}{timestamp}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['X-HubSpot-Request-Timestamp', '{timestamp}'],
      ['X-HubSpot-Signature-v3', '{signatures}'],
    ],
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
    tolerance: { pastMs: 300000, futureMs: null },
    also: [
      {
        algorithm: 'sha256',
        key: 'utf8',
        timestamp: 's',
        signedContent: '{secret}{method}{url}{body}',
        encoding: 'hex',
        signatureFormat: '{signature}',
        join: null,
        headers: [
          ['X-HubSpot-Signature-Version', 'v2'],
          ['X-HubSpot-Signature', '{signatures}'],
        ],
        newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
        when: { header: 'X-HubSpot-Signature-Version', value: 'v2' },
      },
      {
        algorithm: 'sha256',
        key: 'utf8',
        timestamp: 's',
        signedContent: '{secret}{body}',
        encoding: 'hex',
        signatureFormat: '{signature}',
        join: null,
        headers: [
          ['X-HubSpot-Signature-Version', 'v1'],
          ['X-HubSpot-Signature', '{signatures}'],
        ],
        newSecret: { prefix: '', bytes: 32, encoding: 'hex' },
        when: { header: 'X-HubSpot-Signature-Version', value: 'v1' },
      },
    ],
  },
  recognition: { eventType: [{ json: '0.subscriptionType' }], messageId: [{ json: '0.eventId' }] },
  policy: 'hubspot',
  eventTypes: [
    {
      name: 'contact.creation',
      description: 'Contacts were made; HubSpot sends batches.',
      sample: [
        {
          eventId: 3181526809,
          subscriptionId: 2235456,
          portalId: 62515,
          appId: 1160452,
          occurredAt: 1795165924000,
          subscriptionType: 'contact.creation',
          attemptNumber: 0,
          objectId: 1246965,
          changeFlag: 'CREATED',
          changeSource: 'CRM',
        },
      ],
    },
    {
      name: 'deal.propertyChange',
      description: 'A field of a deal changed.',
      sample: [
        {
          eventId: 3181526810,
          subscriptionId: 2235457,
          portalId: 62515,
          appId: 1160452,
          occurredAt: 1795165924000,
          subscriptionType: 'deal.propertyChange',
          attemptNumber: 0,
          objectId: 1148382,
          propertyName: 'dealstage',
          propertyValue: 'closedwon',
          changeSource: 'CRM',
        },
      ],
    },
  ],
  facts: {
    source:
      'https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests; @hubspot/api-client 9.1.1',
    checkedOn: '2026-11-25',
  },
}
