import { z } from 'zod'

/** What about an endpoint cannot be safe, or cannot work: a closed set. */
export const LintCode = z.enum([
  'address_kept_but_temporary',
  'body_limit_below_source',
  'breaker_out_of_reach',
  'certificate_not_verified',
  'concurrency_above_breaker',
  'failure_untold',
  'gate_unwatched',
  'hopeless_retries',
  'insecure_transport',
  'manual_retry_too_short',
  'redirects_retried',
  'replays_undetectable',
  'retries_outlive_signature',
  'retry_after_without_effect',
  'secret_in_query',
  'time_scale_in_public',
  'timeout_above_deadline',
  'unsigned_to_public',
])
export type LintCode = z.infer<typeof LintCode>

export const LintWarning = z.object({
  code: LintCode,
  severity: z
    .enum(['danger', 'warning', 'note'])
    .describe('`danger`: others can read or forge. `warning`: it will not do what it seems to. `note`: worth knowing.'),
  field: z.string().describe('The field of the endpoint, its policy or its project, such as `policy.timeoutMs`.'),
  message: z.string(),
  fix: z.string(),
})
export type LintWarning = z.infer<typeof LintWarning>
