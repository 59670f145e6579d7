import { ArrowUpRight, Ban, Check, Clock, FlaskConical, type LucideIcon, Pause, RotateCw, X } from 'lucide-react'
import type { AttemptView, DeliveryView } from '#shared/contract/deliveries.ts'
import type { DeliveryState, DeliveryTally } from '#shared/model/delivery.ts'
import type { FailureCode } from '#shared/model/failure.ts'
import { formatSpan } from '../format/time.ts'

export interface Look {
  word: string
  icon: LucideIcon
  /** A text colour class. */
  tone: string
}

/** State is always a colour, a picture and a word. */
export const STATE_LOOKS: Record<DeliveryState, Look> = {
  scheduled: { word: 'scheduled', icon: Clock, tone: 'text-retry' },
  delivering: { word: 'delivering', icon: ArrowUpRight, tone: 'text-accent' },
  succeeded: { word: 'delivered', icon: Check, tone: 'text-ok' },
  failed: { word: 'failed', icon: X, tone: 'text-fail' },
  held: { word: 'held', icon: Pause, tone: 'text-held' },
  canceled: { word: 'canceled', icon: Ban, tone: 'text-muted' },
  simulated: { word: 'simulated', icon: FlaskConical, tone: 'text-muted' },
}

/** How a delivery stands; one that failed before and will be tried again is told apart from a first try. */
export function lookOf({ state, attempts }: Pick<DeliveryView, 'state' | 'attempts'>): Look {
  if (state === 'scheduled' && attempts > 0) return { word: 'retrying', icon: RotateCw, tone: 'text-retry' }
  return STATE_LOOKS[state]
}

/** How all deliveries of an event stand: the worst news first. */
export function tallyLook(tally: DeliveryTally): Look {
  const share = `${tally.succeeded} of ${tally.total}`
  if (tally.total === 0) return { word: 'no endpoint', icon: Ban, tone: 'text-faint' }
  if (tally.failed > 0) return { ...STATE_LOOKS.failed, word: share }
  if (tally.held > 0) return { ...STATE_LOOKS.held, word: tally.succeeded > 0 ? share : 'held' }
  if (tally.pending > 0) return { word: share, icon: RotateCw, tone: 'text-retry' }
  if (tally.succeeded > 0) return { ...STATE_LOOKS.succeeded, word: share }
  return tally.canceled > 0 ? STATE_LOOKS.canceled : STATE_LOOKS.simulated
}

export const SHORT_WORDS: Partial<Record<FailureCode, string>> = {
  url_invalid: 'bad URL',
  header_invalid: 'bad header',
  secret_missing: 'no secret',
  secret_locked: 'secret locked',
  dns_not_found: 'unknown host',
  dns_failed: 'DNS failed',
  connect_refused: 'refused',
  connect_unreachable: 'unreachable',
  tls_failed: 'TLS failed',
  tls_untrusted: 'untrusted',
  tls_expired: 'cert expired',
  tls_wrong_host: 'wrong cert',
  connection_reset: 'reset',
  template_invalid: 'bad template',
  transformation_failed: 'transformation',
  body_too_large: 'too large',
  loop_detected: 'loop',
  address_refused: 'address refused',
  proxy_unreachable: 'no proxy',
  proxy_refused: 'proxy refused',
  tls_incomplete_chain: 'cert chain',
  tls_not_yet_valid: 'cert too new',
  tls_protocol: 'TLS version',
  tls_plain_http: 'not TLS',
  stale_connection: 'stale',
  encoding_failed: 'bad body',
  answer_cut: 'answer cut',
  invalid_answer: 'not HTTP',
  unexpected_content_type: 'not the receiver',
  interrupted: 'interrupted',
  endpoint_removed: 'removed',
  internal_error: 'our error',
}

/** What came of an attempt, in a word or two: `500`, `timeout 5 s`, `refused`. */
export function resultWord(attempt: Pick<AttemptView, 'response' | 'failure' | 'outcome' | 'timings'>): string {
  if (attempt.failure?.code === 'timed_out') return `timeout ${formatSpan(attempt.timings.totalMs)}`
  const short = attempt.failure === null ? undefined : SHORT_WORDS[attempt.failure.code]
  if (short !== undefined) return short
  return attempt.response === null ? attempt.outcome : String(attempt.response.status)
}

export const OUTCOME_TONES: Record<AttemptView['outcome'], { text: string; bar: string }> = {
  succeeded: { text: 'text-ok', bar: 'bg-ok' },
  failed: { text: 'text-fail', bar: 'bg-fail' },
  interrupted: { text: 'text-retry', bar: 'bg-retry' },
  simulated: { text: 'text-muted', bar: 'bg-muted' },
}
