import type { Scenario } from '#shared/model/forecast.ts'
import type { Policy } from '#shared/model/policy.ts'

export interface ForecastInput {
  policy: Policy
  scenario: Scenario
  /** How many times faster waits run. */
  timeScale: number
  /** When the event comes, unix ms; dates a Retry-After that is a date. */
  eventAt: number
}
