import { z } from 'zod'

/** Why a signature was judged as it was: a closed set. `previous_secret` goes with `valid`, `no_secret` with `unchecked`. */
export const VerdictReason = z.enum([
  'missing_header',
  'duplicate_header',
  'malformed_header',
  'unsupported_version',
  'stale_timestamp',
  'future_timestamp',
  'signature_mismatch',
  'previous_secret',
  'no_secret',
])
export type VerdictReason = z.infer<typeof VerdictReason>

/** What verifying a request came to. */
export const Verdict = z.object({
  verdict: z.enum(['valid', 'invalid', 'unchecked']),
  reason: VerdictReason.nullable().describe('Null for a request that the newest secret proves.'),
  skewSeconds: z
    .number()
    .optional()
    .describe('How old the signed timestamp is, negative where it lies ahead; with the two timestamp reasons.'),
})
export type Verdict = z.infer<typeof Verdict>
