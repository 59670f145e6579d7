import type { LintWarning } from '#shared/model/lint-warning.ts'
import { breakerOutOfReach, concurrencyAboveBreaker } from './breaker-rules.ts'
import type { LintRule, LintSubject } from './lint-subject.ts'
import {
  failureUntold,
  hopelessRetries,
  manualRetryTooShort,
  redirectsRetried,
  retryAfterWithoutEffect,
} from './retry-rules.ts'
import { replaysUndetectable, retriesOutliveSignature, unsignedToPublic } from './signing-rules.ts'
import { bodyLimitBelowSource, gateUnwatched, timeoutAboveDeadline, timeScaleInPublic } from './surrounding-rules.ts'
import { addressKeptButTemporary, certificateNotVerified, insecureTransport, secretInQuery } from './transport-rules.ts'

/** Every rule, the gravest first. */
const RULES: readonly LintRule[] = [
  insecureTransport,
  certificateNotVerified,
  secretInQuery,
  unsignedToPublic,
  replaysUndetectable,
  retriesOutliveSignature,
  timeoutAboveDeadline,
  timeScaleInPublic,
  hopelessRetries,
  redirectsRetried,
  retryAfterWithoutEffect,
  breakerOutOfReach,
  concurrencyAboveBreaker,
  failureUntold,
  gateUnwatched,
  manualRetryTooShort,
  addressKeptButTemporary,
  bodyLimitBelowSource,
]

const ORDER = ['danger', 'warning', 'note'] as const

/** Where a configuration cannot be safe or cannot work, the gravest first. Takes any configuration, finished or not. */
export function lint(subject: LintSubject): readonly LintWarning[] {
  const found = RULES.flatMap((rule) => rule(subject) ?? [])
  return found.toSorted((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity))
}
