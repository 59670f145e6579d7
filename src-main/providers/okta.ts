import type { Provider } from '#main/engine/catalog/provider.ts'

export const okta: Provider = {
  id: 'okta',
  name: 'Okta',
  // Whoever makes the hook chooses a header and its value; nothing is signed.
  signing: null,
  recognition: { eventType: [{ json: 'data.events.0.eventType' }], messageId: [{ json: 'eventId' }] },
  handshakes: [
    {
      method: 'GET',
      says: [{ at: { header: 'X-Okta-Verification-Challenge' } }],
      answer: { status: 200, body: { json: { verification: { header: 'X-Okta-Verification-Challenge' } } } },
    },
  ],
  eventTypes: [
    {
      name: 'user.lifecycle.create',
      description: 'A user came to be.',
      sample: {
        eventType: 'com.okta.event_hook',
        eventTypeVersion: '1.0',
        cloudEventsVersion: '0.1',
        eventId: '3b7a1f6e-5c0b-4f3e-9a51-2b8d5f0c7e11',
        eventTime: '2026-11-20T09:12:04.000Z',
        contentType: 'application/json',
        source: 'https://acme.example/api/v1/eventHooks/who1abc',
        data: {
          events: [
            {
              uuid: 'a5f1d9c2-1f0b-11f0-9d55-0242ac120002',
              published: '2026-11-20T09:12:03.000Z',
              eventType: 'user.lifecycle.create',
              version: '0',
              displayMessage: 'Create Okta user',
              severity: 'INFO',
              outcome: { result: 'SUCCESS', reason: null },
              target: [{ id: '00u1abcd', type: 'User', alternateId: 'ada@example.com', displayName: 'Ada Marín' }],
            },
          ],
        },
      },
    },
  ],
  facts: {
    source: 'https://developer.okta.com/docs/concepts/event-hooks',
    checkedOn: '2026-11-21',
    unconfirmed: 'The form of messages, known from secondary sources.',
  },
}
