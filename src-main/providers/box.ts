import type { Provider } from '#main/engine/catalog/provider.ts'

export const box: Provider = {
  id: 'box',
  name: 'Box',
  signing: {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp: 'rfc3339',
    signedContent: '{body}{timestamp}',
    encoding: 'base64',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['box-delivery-id', '{id}'],
      ['box-delivery-timestamp', '{timestamp}'],
      ['box-signature-algorithm', 'HmacSHA256'],
      ['box-signature-version', '1'],
      ['box-signature-primary', '{signature.0}'],
      ['box-signature-secondary', '{signature.1}'],
    ],
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
    tolerance: { pastMs: 600000, futureMs: 0 },
  },
  recognition: { eventType: [{ json: 'trigger' }], messageId: [{ header: 'box-delivery-id' }, { json: 'id' }] },
  eventTypes: [
    {
      name: 'FILE.UPLOADED',
      description: 'A file was uploaded.',
      sample: {
        type: 'webhook_event',
        id: '0f3ea4ee-2c2e-4b1d-9a54-2c8f1a7b5f11',
        created_at: '2026-11-20T01:12:04-08:00',
        trigger: 'FILE.UPLOADED',
        webhook: { id: '53', type: 'webhook' },
        created_by: { id: '226067247', type: 'user', name: 'Ada Marín', login: 'ada@example.com' },
        source: { id: '73835521473', type: 'file', name: 'Invoice.pdf', size: 10240 },
      },
    },
    {
      name: 'FOLDER.DELETED',
      description: 'A folder was removed for good.',
      sample: {
        type: 'webhook_event',
        id: '0f3ea4ee-2c2e-4b1d-9a54-2c8f1a7b5f12',
        created_at: '2026-11-20T01:12:04-08:00',
        trigger: 'FOLDER.DELETED',
        webhook: { id: '53', type: 'webhook' },
        source: { id: '73835521474', type: 'folder', name: 'Old' },
      },
    },
  ],
  facts: {
    source: 'https://developer.box.com/guides/webhooks/v2/signatures-v2; box-node-sdk 10.12.0',
    checkedOn: '2026-11-25',
  },
}
