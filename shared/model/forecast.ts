import { z } from 'zod'
import { AttemptOutcome } from './attempt.ts'
import { DeliveryState } from './delivery.ts'
import { FailureCode } from './failure.ts'

/** What a receiver, or the way to it, does while it gives no answer. */
export const Fault = z.enum(['timeout', 'refused', 'reset', 'dns', 'tls', 'not_http'])
export type Fault = z.infer<typeof Fault>

const span = {
  /** Until so long after the event, in ms; null, and the last span anyway, for ever. */
  untilMs: z.number().int().min(0).nullable().default(null),
}

/** How a receiver behaves for a while: it answers with a status, or shows a fault. */
export const ScenarioSpan = z.union([
  z.strictObject({
    ...span,
    status: z.number().int().min(200).max(599),
    /** Its Retry-After, in seconds or as an HTTP date. */
    retryAfter: z.string().max(100).optional(),
    /** Further headers of the answer, by name. */
    headers: z.record(z.string().max(100), z.string().max(1_000)).optional(),
  }),
  z.strictObject({ ...span, fault: Fault }),
])
export type ScenarioSpan = z.infer<typeof ScenarioSpan>

/** A receiver's behaviour from the moment of the event, one span after the other. */
export const Scenario = z.object({
  answers: z.array(ScenarioSpan).min(1).max(100),
  /** The endpoint's failures in a row before. */
  failures: z.number().int().min(0).max(10_000).default(0),
  /** A further event comes each so many ms: tells when the breaker opens. Null for this event alone. */
  eventEveryMs: z.number().int().min(1_000).nullable().default(null),
})
export type Scenario = z.infer<typeof Scenario>
/** As it may be written down: what has a default may be left out. */
export type ScenarioInput = z.input<typeof Scenario>

/** An instant as ms after the event, between its bounds by jitter. */
export const ForecastTime = z.object({ earliestMs: z.number(), expectedMs: z.number(), latestMs: z.number() })
export type ForecastTime = z.infer<typeof ForecastTime>

export const ForecastAttempt = z.object({
  number: z.number().int().positive(),
  at: ForecastTime,
  /** How long after its beginning it ends, in ms. */
  tookMs: z.number(),
  status: z.number().nullable(),
  failure: FailureCode.nullable(),
  outcome: AttemptOutcome.extract(['succeeded', 'failed']),
  /** False where jitter decides which of the scenario's answers it meets. */
  sure: z.boolean(),
})
export type ForecastAttempt = z.infer<typeof ForecastAttempt>

export const ForecastEnd = z.enum(['delivered', 'stopped', 'tries_used_up', 'paused_gone', 'paused_breaker', 'goes_on'])
export type ForecastEnd = z.infer<typeof ForecastEnd>

/** The whole time line of one delivery. */
export const Forecast = z.object({
  attempts: z.array(ForecastAttempt),
  end: z.object({
    state: DeliveryState.extract(['succeeded', 'failed', 'held', 'scheduled']),
    /** Why there is no further attempt; `goes_on` where the time line is cut because there are very many. */
    reason: ForecastEnd,
    at: ForecastTime,
    /** One sentence for a person. */
    words: z.string(),
  }),
  /** When the endpoint pauses by itself, in ms after the event; null where it does not within this time line. */
  breakerOpensAtMs: z.number().nullable(),
})
export type Forecast = z.infer<typeof Forecast>
