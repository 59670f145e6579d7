import type { EventDetail } from '#shared/contract/events.ts'
import type { PairDifference } from '../../ui/diff/values/pairs-diff.ts'
import { fullTime } from '../../ui/format/time.ts'

const NAMES: readonly (readonly [name: string, read: (event: EventDetail) => string | null])[] = [
  ['type', ({ type }) => type],
  ['source', ({ source }) => source],
  ['provider', ({ provider }) => provider],
  ['origin', ({ origin }) => origin],
  ['received', ({ receivedAt }) => fullTime(receivedAt)],
  ['method', ({ method }) => method],
  ['path', ({ path }) => path],
  ['query', ({ query }) => query],
  ['HTTP version', ({ httpVersion }) => httpVersion],
  ['content type', ({ contentType }) => contentType],
  ['body size', ({ bodySizeBytes }) => `${bodySizeBytes.toLocaleString('en-US')} B`],
  ['body SHA-256', ({ bodySha256 }) => bodySha256],
  ['message id', ({ messageId }) => messageId],
  ['verdict', ({ verdict }) => verdict && [verdict.verdict, verdict.reason].filter((word) => word !== null).join(' ')],
  ['capture', ({ capture }) => capture],
  ['sender', ({ remoteAddress }) => remoteAddress],
  ['hops', ({ hops }) => String(hops)],
]

/** What is known of two events beside their headers and bodies; what neither has is left out. */
export function detailPairs(left: EventDetail, right: EventDetail): PairDifference[] {
  return NAMES.map(([name, read]) => ({ name, left: read(left), right: read(right) })).filter(
    (pair) => pair.left !== null || pair.right !== null,
  )
}
