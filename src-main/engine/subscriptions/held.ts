import { AppError } from '#shared/model/app-error.ts'
import type { Subscription } from '#shared/model/link/subscription.ts'
import type { FilterContext } from '../filter/read-filter.ts'
import type { Candidate, Log } from '../ports.ts'
import type { Connection } from './connection.ts'
import { readTaking } from './event-filter.ts'
import type { StandingSubscription } from './subscriptions-api.ts'

type Taking = (candidate: Candidate) => boolean

/** A subscription with whoever is connected to it, by connection. */
export interface Held {
  subscription: Subscription
  /** Null where its filter cannot be read any more, as after a step back to an older version. */
  takes: Taking | null
  connections: Map<string, Connection>
  lastEnd: StandingSubscription['lastEnd']
}

export function holdOf(
  subscription: Subscription,
  { log, ...context }: Omit<FilterContext, 'projectId'> & { log: Log },
): Held {
  let takes: Taking | null = null
  try {
    takes = readTaking(subscription.filter, { ...context, projectId: subscription.projectId })
  } catch (error) {
    log.warn('The filter of a subscription cannot be read', { subscription: subscription.id, error: String(error) })
  }
  return { subscription, takes, connections: new Map(), lastEnd: null }
}

/** What it takes. Throws `AppError` where nobody can tell: to take nothing would pass over what waits. */
export function takingOf({ subscription, takes }: Held): Taking {
  if (takes) return takes
  throw new AppError('invalid_filter', `The filter “${subscription.filter}” cannot be read.`, {
    field: 'filter',
    hint: 'Subscribe again with another filter.',
  })
}
