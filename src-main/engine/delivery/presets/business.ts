import { HOUR, MINUTE, preset, SECOND, waits } from './preset.ts'

export const BUSINESS = [
  preset({
    id: 'shopify',
    description:
      'Five seconds to answer; eight retries over four hours, to the address that the message was made for. Then Shopify deletes the subscription; here it pauses.',
    source: 'https://shopify.dev/changelog (2024-09)',
    unconfirmed: true,
    timeoutMs: 5 * SECOND,
    schedule: { kind: 'exponential', retries: 8, baseMs: 56 * SECOND, factor: 2, capMs: 2 * HOUR, jitter: 0 },
    scheduled: 'keep',
    breaker: { consecutiveFailures: 9, probeAfterMs: null },
    provider: 'shopify',
  }),
  preset({
    id: 'hubspot',
    description: 'Five seconds to answer; up to ten retries within 24 hours.',
    source: 'https://developers.hubspot.com (the waits are a reading)',
    unconfirmed: true,
    timeoutMs: 5 * SECOND,
    schedule: waits([
      ...[1, 5, 15, 30].map((minutes) => minutes * MINUTE),
      ...[1, 2, 3, 4, 5, 8].map((hours) => hours * HOUR),
    ]),
    provider: 'hubspot',
  }),
  preset({
    id: 'typeform',
    description: 'Every two to three minutes for up to ten hours, and only for 408, 423, 429 and 503.',
    source: 'https://hookdeck.com guide to Typeform’s webhooks',
    unconfirmed: true,
    timeoutMs: 30 * SECOND,
    schedule: {
      kind: 'list',
      waitsMs: [150 * SECOND],
      repeat: { everyMs: 150 * SECOND, untilMs: 10 * HOUR },
      jitter: 0.2,
    },
    clientErrors: { stop: true, except: [408, 423, 429] },
    redirects: 'stop',
    stop: { statuses: [500, 501, 502, 504], headers: [] },
    provider: 'typeform',
  }),
  preset({
    id: 'wix',
    description: '1.25 seconds to answer; twelve retries from one minute to twelve hours apart, out of order.',
    source: 'https://dev.wix.com',
    timeoutMs: 1_250,
    schedule: waits([MINUTE, 10 * MINUTE, ...[1, 2, 2, 2, 4, 4, 4, 8, 8, 12].map((hours) => hours * HOUR)]),
  }),
  preset({
    id: 'ticket-tailor',
    description: '22 tries over 65 hours. A redirect or a network error fails the message at once.',
    source: 'https://developers.tickettailor.com (the single waits are a reading)',
    unconfirmed: true,
    schedule: { kind: 'exponential', retries: 21, baseMs: 545 * SECOND, factor: 1.25, capMs: 14 * HOUR, jitter: 0 },
    redirects: 'stop',
    networkErrors: 'stop',
  }),
] as const
