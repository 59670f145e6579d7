import { z } from 'zod'

/** The stage of an attempt at which it ended. */
export const Phase = z.enum(['build', 'dns', 'connect', 'tls', 'send', 'headers', 'body'])
export type Phase = z.infer<typeof Phase>

/** The closed set of causes for which an attempt, or a delivery, does not succeed. */
export const FailureCode = z.enum([
  'url_invalid',
  'header_invalid',
  'secret_missing',
  'secret_locked',
  'provider_missing',
  'template_invalid',
  'transformation_failed',
  'encoding_failed',
  'schema_mismatch',
  'body_too_large',
  'loop_detected',
  'address_refused',
  'proxy_unreachable',
  'proxy_refused',
  'dns_not_found',
  'dns_failed',
  'connect_refused',
  'connect_unreachable',
  'tls_failed',
  'tls_untrusted',
  'tls_incomplete_chain',
  'tls_expired',
  'tls_not_yet_valid',
  'tls_wrong_host',
  'tls_protocol',
  'tls_plain_http',
  'stale_connection',
  'connection_reset',
  'answer_cut',
  'timed_out',
  'invalid_answer',
  'redirect',
  'client_error',
  'gone',
  'stopped_by_receiver',
  'throttled',
  'server_error',
  'unexpected_status',
  'unexpected_content_type',
  'interrupted',
  'endpoint_removed',
  'expired',
  'internal_error',
])
export type FailureCode = z.infer<typeof FailureCode>

/** What went wrong with one attempt. `detail` is safe to show: it never holds a secret. */
export const Failure = z.object({ code: FailureCode, phase: Phase, detail: z.string() })
export type Failure = z.infer<typeof Failure>
