import { z } from 'zod'
import { Verdict } from './verdict.ts'

/** What can explain that a request does not verify: a closed set. */
export const FindingCode = z.enum([
  'body_byte_order_mark',
  'body_charset',
  'body_compressed',
  'body_form_rewritten',
  'body_json_rewritten',
  'body_length',
  'body_line_breaks',
  'body_trailing_newline',
  'clock_skew',
  'header_duplicated',
  'header_folded',
  'header_malformed',
  'header_missing',
  'header_renamed',
  'other_algorithm',
  'other_provider',
  'other_secret',
  'previous_secret',
  'secret_decoding',
  'secret_space',
  'secret_unusable',
  'signature_case',
  'signature_encoding',
  'signature_length',
  'signature_prefix',
  'signed_content',
  'test_live_mixed',
  'timestamp_elsewhere',
  'timestamp_unit',
  'url_host',
  'url_missing',
  'url_path',
  'url_port',
  'url_protocol',
  'url_query',
  'url_trailing_slash',
])
export type FindingCode = z.infer<typeof FindingCode>

/** The first place where what came and what was signed part, as short excerpts with control characters written out. */
export const Difference = z.object({
  of: z.enum(['body', 'url']),
  received: z.string(),
  signed: z.string(),
  /** Bytes of a body, characters of a URL. */
  offset: z.number(),
})
export type Difference = z.infer<typeof Difference>

/** One change that explains a verdict. It names secrets and never shows one. */
export const Finding = z.object({
  code: FindingCode,
  certainty: z
    .enum(['proven', 'likely'])
    .describe('`proven`: with this change the signature is right. `likely`: a fact that stands in its way.'),
  title: z.string(),
  explanation: z.string(),
  fix: z.string(),
  header: z.string().optional().describe('The header that it is about.'),
  provider: z.string().optional().describe('The provider that it is about.'),
  secret: z.string().optional().describe('Whose secret it is about, such as `source “Shop”`.'),
  found: z.string().optional(),
  expected: z.string().optional(),
  skewSeconds: z.number().optional(),
  difference: Difference.optional(),
})
export type Finding = z.infer<typeof Finding>

/** What the doctor says of a request. */
export const Diagnosis = z.object({
  ...Verdict.shape,
  findings: z
    .array(Finding)
    .readonly()
    .describe('Together they explain the verdict; empty for a valid request, and where no known change does.'),
  complete: z.boolean().describe('False where the body is too large for every change to be tried.'),
})
export type Diagnosis = z.infer<typeof Diagnosis>
