import { DAY, HOUR, MINUTE, preset, SECOND, waits } from './preset.ts'

export const DEVELOPMENT = [
  preset({
    id: 'github',
    description: 'Ten seconds to answer and one try. A person redelivers for about three days, with the same id.',
    source: 'https://docs.github.com/webhooks',
    timeoutMs: 10 * SECOND,
    manualRetryMs: 3 * DAY,
    provider: 'github',
  }),
  preset({
    id: 'gitlab',
    description:
      'Ten seconds to answer and one try. Four failures in a row pause for a minute (GitLab doubles that pause each time, up to a day, and gives up after 40).',
    source: 'https://gitlab.com/gitlab-org/gitlab merge request 166329 (the deadline is general knowledge)',
    unconfirmed: true,
    timeoutMs: 10 * SECOND,
    breaker: { consecutiveFailures: 4, probeAfterMs: MINUTE },
    provider: 'gitlab',
  }),
  preset({
    id: 'linear',
    description: 'Five seconds to answer; retries after a minute, an hour and six hours.',
    source: 'https://linear.app/developers/webhooks (the waits are general knowledge)',
    unconfirmed: true,
    timeoutMs: 5 * SECOND,
    schedule: waits([MINUTE, HOUR, 6 * HOUR]),
    provider: 'linear',
  }),
  preset({
    id: 'sentry',
    description: 'One second to answer and one try; a thousand timeouts in a day unsubscribe, here they pause.',
    source: 'https://sentry.io/changelog',
    timeoutMs: SECOND,
    breaker: { consecutiveFailures: 1_000, probeAfterMs: null },
    provider: 'sentry',
  }),
  preset({
    id: 'sanity',
    description: 'Two retries 30 seconds apart, for 429 and 5xx alone.',
    source: 'https://www.sanity.io/changelog (2026-04)',
    schedule: waits([30 * SECOND, 30 * SECOND]),
    clientErrors: { stop: true, except: [429] },
    redirects: 'stop',
    provider: 'sanity',
  }),
  preset({
    id: 'webflow',
    description: 'Three retries, ten minutes apart.',
    source: 'https://developers.webflow.com changelog (the waits are a reading)',
    unconfirmed: true,
    schedule: waits([10 * MINUTE, 10 * MINUTE, 10 * MINUTE]),
    provider: 'webflow',
  }),
] as const
