import type { ScenarioInput } from '#shared/model/forecast.ts'

const MINUTE_MS = 60_000

/** What may happen to a receiver, as a person picks it. */
export const SCENARIOS = [
  {
    id: 'outage',
    words: 'is down for 40 minutes',
    scenario: { answers: [{ untilMs: 40 * MINUTE_MS, fault: 'refused' }, { status: 200 }] },
  },
  { id: 'failing', words: 'always answers 500', scenario: { answers: [{ status: 500 }] } },
  { id: 'missing', words: 'answers 404', scenario: { answers: [{ status: 404 }] } },
  { id: 'silent', words: 'never answers in time', scenario: { answers: [{ fault: 'timeout' }] } },
  {
    id: 'busy',
    words: 'asks once to wait an hour (503)',
    scenario: { answers: [{ untilMs: MINUTE_MS, status: 503, retryAfter: '3600' }, { status: 200 }] },
  },
  { id: 'gone', words: 'is gone (410)', scenario: { answers: [{ status: 410 }] } },
  {
    id: 'steady',
    words: 'is down for good, with an event a minute',
    scenario: { answers: [{ fault: 'refused' }], eventEveryMs: MINUTE_MS },
  },
] as const satisfies readonly [Choice, ...Choice[]]

interface Choice {
  id: string
  words: string
  scenario: ScenarioInput
}
