import type { AttemptView } from '#shared/contract/deliveries.ts'
import { resultWord } from '../../../ui/delivery/delivery-words.ts'
import type { PairDifference } from '../../../ui/diff/values/pairs-diff.ts'
import { formatBytes } from '../../../ui/format/size.ts'
import { formatTook, fullTime } from '../../../ui/format/time.ts'

function took(ms: number | null): string | null {
  return ms === null ? null : formatTook(ms)
}

const FACTS: readonly (readonly [name: string, read: (attempt: AttemptView) => string | null])[] = [
  ['result', resultWord],
  ['outcome', ({ outcome }) => outcome],
  ['why', ({ failure }) => failure?.title ?? null],
  ['trigger', ({ trigger }) => trigger],
  ['attempt', ({ number }) => String(number)],
  ['sent at', ({ startedAt }) => fullTime(startedAt)],
  ['to', ({ request }) => request && `${request.method} ${request.url}`],
  ['answered by', ({ response }) => response?.remoteAddress ?? null],
  ['request body', ({ request }) => request && formatBytes(request.bodySizeBytes)],
  ['DNS', ({ timings }) => took(timings.dnsMs)],
  ['connect', ({ timings }) => took(timings.connectMs)],
  ['TLS', ({ timings }) => took(timings.tlsMs)],
  ['first byte', ({ timings }) => took(timings.firstByteMs)],
  ['body', ({ timings }) => took(timings.bodyMs)],
  ['total', ({ timings }) => took(timings.totalMs)],
]

/** What is known of two attempts beside headers and bodies of their answers; what neither has is left out. */
export function answerPairs(left: AttemptView, right: AttemptView): PairDifference[] {
  return FACTS.map(([name, read]) => ({ name, left: read(left), right: read(right) })).filter(
    (pair) => pair.left !== null || pair.right !== null,
  )
}
