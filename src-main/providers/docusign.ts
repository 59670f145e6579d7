import type { Provider } from '#main/engine/catalog/provider.ts'

function sample(event: string, status: string) {
  const envelopeId = '44efc9e6-915e-4b1d-9b54-801410d6922d'
  const accountId = '1703061f-4f5e-4bd9-9a4c-8a2d5e6f7a8b'
  return {
    event,
    apiVersion: 'v2.1',
    uri: `/restapi/v2.1/accounts/${accountId}/envelopes/${envelopeId}`,
    retryCount: 0,
    configurationId: 10367018,
    generatedDateTime: '2026-11-20T09:12:04.0000000Z',
    data: {
      accountId,
      userId: '9c0e4d3a-2b1f-4e5d-8c7b-6a5f4e3d2c1b',
      envelopeId,
      envelopeSummary: {
        status,
        emailSubject: 'Please sign: supply of teapots',
        sentDateTime: '2026-11-20T09:02:11.0000000Z',
        recipients: {
          signers: [{ recipientId: '1', name: 'Ada Marín', email: 'ada@example.com', status }],
        },
      },
    },
  }
}

export const docusign: Provider = {
  id: 'docusign',
  name: 'Docusign Connect',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 's',
    signedContent: '{body}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['x-authorization-digest', 'HMACSHA256'],
      ['X-DocuSign-Signature-1', '{signature.0}'],
      ['X-DocuSign-Signature-2', '{signature.1}'],
    ],
    newSecret: { prefix: '', bytes: 32, encoding: 'base64' },
  },
  recognition: { eventType: [{ json: 'event' }], messageId: [] },
  eventTypes: [
    {
      name: 'envelope-sent',
      description: 'An envelope went out to its signers.',
      sample: sample('envelope-sent', 'sent'),
    },
    {
      name: 'envelope-completed',
      description: 'Everybody signed.',
      sample: sample('envelope-completed', 'completed'),
    },
    {
      name: 'envelope-declined',
      description: 'Someone refused to sign.',
      sample: sample('envelope-declined', 'declined'),
    },
  ],
  facts: {
    source:
      'https://www.docusign.com/blog/developers/manually-authenticating-hmac-signatures-docusign-connect-webhook-configurations',
    checkedOn: '2026-11-25',
    unconfirmed: 'The value of x-authorization-digest.',
  },
}
