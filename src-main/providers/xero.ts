import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

function sample(eventCategory: string, eventType: string, path: string) {
  const resourceId = '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777'
  return {
    events: [
      {
        resourceUrl: `https://api.xero.com/api.xro/2.0/${path}/${resourceId}`,
        resourceId,
        eventDateUtc: '2026-11-20T09:12:04.000',
        eventType,
        eventCategory,
        tenantId: 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f',
        tenantType: 'ORGANISATION',
      },
    ],
    firstEventSequence: 17,
    lastEventSequence: 17,
    entropy: 'S0m3r4N0m3t3xt',
  }
}

export const xero: Provider = {
  id: 'xero',
  name: 'Xero',
  // Whether an address may receive is asked by messages without events, rightly and wrongly signed: 200 and 401 answer them.
  signing: bodyHmac({ header: 'x-xero-signature', encoding: 'base64' }),
  recognition: { eventType: [{ json: 'events.0.eventCategory' }], messageId: [] },
  deadlineMs: 5_000,
  eventTypes: [
    {
      name: 'INVOICE',
      description: 'Invoices were made or changed; what they say is fetched by their address.',
      sample: sample('INVOICE', 'CREATE', 'Invoices'),
    },
    { name: 'CONTACT', description: 'Contacts were made or changed.', sample: sample('CONTACT', 'UPDATE', 'Contacts') },
  ],
  facts: {
    source: 'https://developer.xero.com/documentation/webhooks/configuring-your-server',
    checkedOn: '2026-11-25',
  },
}
