import type { FailureCode } from '#shared/model/failure.ts'
import { SHORT_WORDS } from './delivery-words.ts'

/** What an answer or its absence is called where no single attempt is meant. */
const KINDS: Partial<Record<FailureCode, string>> = {
  timed_out: 'timed out',
  redirect: 'redirected (3xx)',
  client_error: 'client error (4xx)',
  gone: 'gone (410)',
  throttled: 'too many requests (429)',
  server_error: 'server error (5xx)',
  stopped_by_receiver: 'stopped by the receiver',
  unexpected_status: 'unexpected status',
  connect_refused: 'connection refused',
  connection_reset: 'connection reset',
}

/** What deliveries failed of, in a few words. */
export function failureWord(code: FailureCode | null): string {
  if (code === null) return 'unknown reason'
  return KINDS[code] ?? SHORT_WORDS[code] ?? code.replaceAll('_', ' ')
}
