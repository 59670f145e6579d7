import { z } from 'zod'

/** The longest wait that a schedule may hold: 30 days. */
const MAX_WAIT_MS = 30 * 86_400_000
const waitMs = z.number().int().min(0).max(MAX_WAIT_MS)
/** A share of the wait, both ways: 0.2 spreads a wait over ±20 %. */
const jitter = z.number().min(0).max(1)

/** When the next try comes. Waits run from the end of the try before. */
export const RetrySchedule = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('list'),
    waitsMs: z.array(waitMs).max(100),
    /** After the list: again and again at this distance, while the planned waits add up to `untilMs` at most. */
    repeat: z
      .object({ everyMs: waitMs.min(1_000), untilMs: waitMs })
      .nullable()
      .default(null),
    jitter,
  }),
  z.object({
    kind: z.literal('exponential'),
    retries: z.number().int().min(0).max(100),
    baseMs: waitMs,
    factor: z.number().min(1).max(100),
    capMs: waitMs,
    jitter,
  }),
])
export type RetrySchedule = z.infer<typeof RetrySchedule>

export const SuccessRule = z.union([z.literal('2xx'), z.array(z.number().int().min(200).max(299)).min(1)])
export type SuccessRule = z.infer<typeof SuccessRule>

/** How an endpoint is delivered to. Data, never code: a preset is one of these values. */
export const Policy = z.object({
  /** The preset that it started from. */
  preset: z.string(),
  /** One deadline from dispatch to the last byte of the answer, DNS included. */
  timeoutMs: z.number().int().min(100).max(300_000),
  success: SuccessRule,
  /**
   * The media type that a good answer has; another one is no success. It tells a captive portal, which answers 200 with a
   * page of its own, from the receiver. Null takes any.
   */
  expectedContentType: z.string().max(200).nullable(),
  schedule: RetrySchedule,
  /** Whether a 4xx ends the delivery, and which ones do not. */
  clientErrors: z.object({ stop: z.boolean(), except: z.array(z.number().int().min(400).max(499)) }),
  /** What a 3xx does; it is never followed. */
  redirects: z.enum(['retry', 'stop']),
  /** What else ends a delivery at once, whatever the schedule says. */
  stop: z.object({
    statuses: z.array(z.number().int().min(100).max(599)),
    /** An answer header with this value (both compared without case); `pause` pauses the endpoint too. */
    headers: z.array(z.object({ name: z.string(), value: z.string(), action: z.enum(['stop', 'pause']) })),
  }),
  /** What failed names, connections, certificates and proxies mean; a timeout or a reset is always retried. */
  networkErrors: z.enum(['retry', 'stop']),
  /** What an answer that is not HTTP means. */
  invalidAnswers: z.enum(['retry', 'stop']),
  retryAfter: z.object({ honour: z.boolean(), capMs: waitMs }),
  /** Whether 410 pauses the endpoint. */
  goneAction: z.enum(['pause', 'none']),
  breaker: z
    .object({
      consecutiveFailures: z.number().int().min(1).max(10_000),
      /** How long a pause lasts before one delivery tries whether the endpoint is back; null waits for a person. */
      probeAfterMs: waitMs.min(1_000).nullable().default(null),
    })
    .nullable(),
  /** Attempts in flight at one moment. */
  concurrency: z.number().int().min(1).max(1_000),
  /** Attempts begun in a second, spread evenly; null for no limit. */
  ratePerSecond: z.number().min(0.01).max(10_000).nullable(),
  /** One at a time and in the order of their events: a failing one holds up the rest. */
  ordered: z.boolean(),
  /** The largest request body, counted after encoding; a larger one fails before it is sent. Null for none. */
  bodyLimitBytes: z.number().int().positive().nullable(),
  /** How the stored body is sent: as it is, as a form of its top-level fields, or in an `{id, type, createdAt, data}` envelope. */
  encoding: z.enum(['raw', 'form', 'envelope']),
  /** Whether what is scheduled follows a new URL or keeps the address that it was made for, unless a change says. */
  scheduled: z.enum(['follow', 'keep']),
  /** Whether a delivery that fails for good is told to the project's notification URL. */
  notifyOnFailure: z.boolean(),
  /** How much of an answer is read and kept. */
  responseLimitBytes: z.number().int().min(0).max(1_048_576),
  /** Who signs unless the endpoint says otherwise: a provider id, or `none`. */
  provider: z.string(),
  /** How long after the event a failed delivery may be retried by hand; null for ever. */
  manualRetryMs: z.number().int().positive().nullable(),
})
export type Policy = z.infer<typeof Policy>
