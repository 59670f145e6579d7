import type { SubscriptionStart } from '#shared/model/link/subscription.ts'

/** Where a subscription begins, as the contract writes it. */
export function startOf(written: string): SubscriptionStart {
  if (written === 'now' || written === 'beginning') return { kind: written }
  return { kind: 'since', at: Date.parse(written) }
}
