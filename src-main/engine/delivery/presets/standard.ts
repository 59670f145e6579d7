import type { Policy } from '#shared/model/policy.ts'
import { DAY, HOUR, MINUTE, preset, SECOND, waits } from './preset.ts'

const careful = {
  timeoutMs: 15 * SECOND,
  schedule: waits([5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR], 0.2),
  clientErrors: { stop: true, except: [408, 425, 429] },
  redirects: 'stop',
  retryAfter: { honour: true, capMs: DAY },
  goneAction: 'pause',
  breaker: { consecutiveFailures: 20, probeAfterMs: 5 * MINUTE },
} satisfies Partial<Policy>

export const standard = preset({
  id: 'standard',
  description:
    'Eight tries over about 28 hours. 4xx and redirects stop at once, 410 pauses, 20 failures in a row pause.',
  source: 'Hookloop’s own, with the schedule of the Standard Webhooks senders',
  ...careful,
  provider: 'standard-webhooks',
})

export const svix = preset({
  id: 'svix',
  description:
    'As standard, and the answer header “webhook-delivery” can end a message (abort-message) or pause the endpoint (disable).',
  source: 'https://docs.svix.com/retries',
  ...careful,
  stop: {
    statuses: [],
    headers: [
      { name: 'webhook-delivery', value: 'abort-message', action: 'stop' },
      { name: 'webhook-delivery', value: 'disable', action: 'pause' },
    ],
  },
  provider: 'svix',
})

export const resend = preset({
  id: 'resend',
  description: 'Eight tries over about 28 hours. Where all fail for five days Resend disables the endpoint.',
  source: 'https://resend.com/docs/dashboard/webhooks/introduction',
  ...careful,
  timeoutMs: 30 * SECOND,
  clientErrors: { stop: false, except: [] },
  goneAction: 'none',
  breaker: null,
  provider: 'resend',
})

export const once = preset({
  id: 'once',
  description: 'One try and no more; unsigned unless the endpoint names a provider.',
  source: 'Hookloop’s own',
  clientErrors: { stop: true, except: [408, 425, 429] },
  redirects: 'stop',
  retryAfter: { honour: true, capMs: DAY },
})
