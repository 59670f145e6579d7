import type { Provider } from '#main/engine/catalog/provider.ts'

export const discord: Provider = {
  id: 'discord',
  name: 'Discord',
  signing: {
    algorithm: 'ed25519',
    key: { asymmetric: { privatePrefix: '', publicPrefix: '' } },
    timestamp: 's',
    signedContent: '{timestamp}{body}',
    encoding: 'hex',
    signatureFormat: '{signature}',
    join: null,
    headers: [
      ['X-Signature-Ed25519', '{signatures}'],
      ['X-Signature-Timestamp', '{timestamp}'],
    ],
    newSecret: { prefix: '', bytes: 64, encoding: 'hex' },
  },
  recognition: { eventType: [{ json: 'event.type' }, { json: 'type' }], messageId: [] },
  handshakes: [
    {
      // Of interactions. Type 1 of a webhook event is the event itself.
      method: 'POST',
      says: [{ at: { json: 'type' }, exactly: '1' }],
      lacks: { json: 'event.type' },
      need: { kind: 'signature', name: 'public key' },
      answer: { status: 200, body: { json: { type: 1 } } },
    },
    {
      // Of webhook events.
      method: 'POST',
      says: [{ at: { json: 'type' }, exactly: '0' }],
      lacks: { json: 'event.type' },
      need: { kind: 'signature', name: 'public key' },
      answer: { status: 204 },
    },
  ],
  eventTypes: [
    {
      name: 'APPLICATION_AUTHORIZED',
      description: 'Someone added the app.',
      sample: {
        version: 1,
        application_id: '1234560123453231555',
        type: 1,
        event: {
          type: 'APPLICATION_AUTHORIZED',
          timestamp: '2026-11-20T09:12:04.250000',
          data: {
            integration_type: 1,
            scopes: ['applications.commands'],
            user: { id: '80351110224678912', username: 'ada', discriminator: '0' },
          },
        },
      },
    },
    {
      name: 'PING',
      description: 'Discord asks whether the address is yours.',
      sample: { version: 1, application_id: '1234560123453231555', type: 0 },
    },
  ],
  facts: {
    source: 'https://docs.discord.com/developers/events/webhook-events; discord-interactions 4.4.0',
    checkedOn: '2026-11-25',
  },
}
