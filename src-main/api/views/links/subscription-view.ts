import { toInstant } from '#shared/contract/base.ts'
import type { SubscriptionView } from '#shared/contract/links/subscriptions.ts'
import type { LagView } from '#shared/model/link/frames.ts'
import type { Lag } from '#shared/model/link/subscription.ts'
import type { StandingSubscription } from '../../../engine/engine.ts'

export function toSubscriptionView(standing: StandingSubscription): SubscriptionView {
  const { subscription, source, subscribers, lastEnd, lag, repeats } = standing
  return {
    ...subscription,
    source: source.slug,
    createdAt: toInstant(subscription.createdAt),
    lastSeenAt: toInstant(subscription.lastSeenAt),
    state: subscribers.length > 0 ? 'live' : lastEnd?.cause === 'silent' ? 'stalled' : 'away',
    lastEnd: lastEnd && { ...lastEnd, at: toInstant(lastEnd.at) },
    subscribers: subscribers.map(({ connectedAt, lastHeardAt, ...subscriber }) => ({
      ...subscriber,
      connectedAt: toInstant(connectedAt),
      lastHeardAt: toInstant(lastHeardAt),
    })),
    lag: toLagView(lag),
    repeats,
  }
}

export function toLagView({ oldestAt, lastEventAt, ...lag }: Lag): LagView {
  return { ...lag, oldestAt: toInstant(oldestAt), lastEventAt: toInstant(lastEventAt) }
}
